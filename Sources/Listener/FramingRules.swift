/// What the parser lets through and this listener does not.
enum FramingRules {
  /// Why a request is refused; nil where it is well formed and within the limits.
  static func problem(
    of head: RequestHead, isOld: Bool, _ limits: ListenerLimits
  ) -> Response? {
    let bytes = head.headers.reduce(head.target.utf8.count) {
      $0 + $1.name.utf8.count + $1.value.utf8.count + 4
    }
    guard bytes <= limits.headBytes, head.headers.count <= limits.headers else {
      return refusal(431, "the headers may have \(limits.headBytes) bytes")
    }
    let hosts = head.values("host")
    guard hosts.count == 1 || (isOld && hosts.isEmpty) else {
      return refusal(400, "a request names one Host")
    }
    guard head.values("content-length").count <= 1 else {
      return refusal(400, "a request has one Content-Length")
    }
    let codings = head.values("transfer-encoding")
    guard codings.isEmpty || codings.map({ $0.lowercased() }) == ["chunked"],
      codings.isEmpty || !isOld
    else { return refusal(400, "chunked is the only transfer coding") }
    guard codings.isEmpty || head.values("content-length").isEmpty else {
      return refusal(400, "a body has a length or is chunked")
    }
    guard head.values("expect").allSatisfy({ $0.lowercased() == "100-continue" }) else {
      return refusal(417, "only 100-continue can be expected")
    }
    guard head.value("upgrade") == nil, head.method != "CONNECT" else {
      return refusal(400, "nothing is upgraded here")
    }
    // The form that a server is asked in; a proxy's would name another host.
    let isPlain = head.target.utf8.allSatisfy { $0 > 32 && $0 < 127 }
    guard head.target.hasPrefix("/"), isPlain, head.target.utf8.count <= 4096 else {
      return refusal(400, "a target begins with a slash and is plain ASCII")
    }
    return nil
  }

  private static func refusal(_ status: Int, _ words: String) -> Response {
    Response(
      status, headers: [Header("Content-Type", "application/json")],
      body: Array(#"{"error":"\#(words)"}"#.utf8))
  }
}
