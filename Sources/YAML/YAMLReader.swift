import CLibYAML

extension YAMLNode {
  /// What a document may have at most, so that a hostile one costs little.
  package struct Limits: Hashable, Sendable {
    package var bytes = 128 * 1024
    package var depth = 32
    package var values = 20_000

    package init() {}
  }

  /// Reads one document, or none: an empty file is null.
  ///
  /// `firstLine` is the number of the first line of `bytes`, for a document inside another file.
  package static func read(
    _ bytes: [UInt8], firstLine: Int = 1, limits: Limits = Limits()
  ) throws(YAMLError) -> YAMLNode {
    guard bytes.count <= limits.bytes else {
      throw YAMLError(.tooLarge(bytes: bytes.count, limit: limits.bytes), line: 0, column: 0)
    }
    // A byte-order mark says nothing in UTF-8; many editors write one all the same.
    let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    guard !bytes.isEmpty else { return YAMLNode(.scalar("", .plain), line: firstLine, column: 1) }
    let result = bytes.withUnsafeBufferPointer { buffer -> Result<YAMLNode, YAMLError> in
      var reader = YAMLReader(buffer, firstLine: firstLine, limits: limits)
      defer { reader.close() }
      do throws(YAMLError) {
        return .success(try reader.readStream())
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  package static func read(
    _ text: String, firstLine: Int = 1, limits: Limits = Limits()
  ) throws(YAMLError) -> YAMLNode {
    try read(Array(text.utf8), firstLine: firstLine, limits: limits)
  }
}

/// Builds nodes from the events of libyaml.
private struct YAMLReader {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeBufferPointer<UInt8>
  private let firstLine: Int
  private let limits: YAMLNode.Limits
  private var values = 0
  private let ready: Bool

  init(_ input: UnsafeBufferPointer<UInt8>, firstLine: Int, limits: YAMLNode.Limits) {
    self.input = input
    self.firstLine = firstLine
    self.limits = limits
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    ready = yaml_parser_initialize(parser) == 1
    if ready {
      yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
      yaml_parser_set_input_string(parser, input.baseAddress, input.count)
    }
  }

  func close() {
    if ready { yaml_parser_delete(parser) }
    parser.deinitialize(count: 1)
    parser.deallocate()
  }

  mutating func readStream() throws(YAMLError) -> YAMLNode {
    guard ready else { throw YAMLError(.outOfMemory, line: 0, column: 0) }
    var root: YAMLNode?
    while true {
      let event = try next()
      switch event.kind {
      case .documentStart where root != nil:
        throw error(.severalDocuments, event)
      case .documentStart:
        root = try node(beginningWith: try next(), depth: 1)
      case .streamEnd:
        return root ?? YAMLNode(.scalar("", .plain), line: firstLine, column: 1)
      default:
        continue
      }
    }
  }

  private mutating func node(
    beginningWith event: Event, depth: Int
  ) throws(YAMLError) -> YAMLNode {
    values += 1
    guard values <= limits.values else {
      throw error(.tooManyValues(limit: limits.values), event)
    }
    let value: YAMLNode.Value
    switch event.kind {
    case .scalar(let text, let style):
      value = .scalar(text, style)
    case .sequenceStart:
      try checkDepth(depth, event)
      value = .sequence(try sequence(depth: depth))
    case .mappingStart:
      try checkDepth(depth, event)
      value = .mapping(try mapping(depth: depth))
    default:
      throw error(.syntax("a value is missing here"), event)
    }
    return YAMLNode(value, line: event.line, column: event.column)
  }

  private mutating func sequence(depth: Int) throws(YAMLError) -> [YAMLNode] {
    var items: [YAMLNode] = []
    while true {
      let event = try next()
      if case .sequenceEnd = event.kind { return items }
      items.append(try node(beginningWith: event, depth: depth + 1))
    }
  }

  private mutating func mapping(depth: Int) throws(YAMLError) -> [YAMLNode.Entry] {
    var entries: [YAMLNode.Entry] = []
    var lines: [String: Int] = [:]
    while true {
      let event = try next()
      if case .mappingEnd = event.kind { return entries }
      guard case .scalar(let key, _) = event.kind else { throw error(.keyIsNotText, event) }
      if let first = lines.updateValue(event.line, forKey: key) {
        throw error(.duplicateKey(key, firstLine: first), event)
      }
      let value = try node(beginningWith: try next(), depth: depth + 1)
      entries.append(
        .init(key: key, line: event.line, column: event.column, value: value))
    }
  }

  private func checkDepth(_ depth: Int, _ event: Event) throws(YAMLError) {
    if depth > limits.depth { throw error(.tooDeep(limit: limits.depth), event) }
  }

  private func error(_ problem: YAMLError.Problem, _ event: Event) -> YAMLError {
    YAMLError(problem, line: event.line, column: event.column)
  }
}

// MARK: - Events of the library

/// What the library says next, in our own types.
private struct Event {
  var kind: Kind
  var line: Int
  var column: Int

  enum Kind {
    case scalar(String, YAMLNode.ScalarStyle)
    case sequenceStart, sequenceEnd, mappingStart, mappingEnd
    case documentStart, streamEnd, other
  }
}

extension YAMLReader {
  private func next() throws(YAMLError) -> Event {
    var raw = yaml_event_t()
    guard yaml_parser_parse(parser, &raw) == 1 else { throw libraryError() }
    defer { yaml_event_delete(&raw) }
    let line = Int(raw.start_mark.line) + firstLine
    let column = Int(raw.start_mark.column) + 1
    func refuse(
      anchor: UnsafeMutablePointer<yaml_char_t>?, tag: UnsafeMutablePointer<yaml_char_t>?
    ) throws(YAMLError) {
      if let anchor {
        throw YAMLError(.anchor(String(cString: anchor)), line: line, column: column)
      }
      if let tag { throw YAMLError(.tag(String(cString: tag)), line: line, column: column) }
    }
    let kind: Event.Kind
    switch raw.type {
    case YAML_ALIAS_EVENT:
      let name = String(cString: raw.data.alias.anchor)
      throw YAMLError(.alias(name), line: line, column: column)
    case YAML_SCALAR_EVENT:
      let scalar = raw.data.scalar
      try refuse(anchor: scalar.anchor, tag: scalar.tag)
      let text = String(
        decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      kind = .scalar(text, scalar.style == YAML_PLAIN_SCALAR_STYLE ? .plain : .quoted)
    case YAML_SEQUENCE_START_EVENT:
      let start = raw.data.sequence_start
      try refuse(anchor: start.anchor, tag: start.tag)
      kind = .sequenceStart
    case YAML_MAPPING_START_EVENT:
      let start = raw.data.mapping_start
      try refuse(anchor: start.anchor, tag: start.tag)
      kind = .mappingStart
    case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
    case YAML_MAPPING_END_EVENT: kind = .mappingEnd
    case YAML_DOCUMENT_START_EVENT: kind = .documentStart
    case YAML_STREAM_END_EVENT: kind = .streamEnd
    default: kind = .other
    }
    return Event(kind: kind, line: line, column: column)
  }

  private func libraryError() -> YAMLError {
    let words = parser.pointee.problem.map { String(cString: $0) } ?? "it cannot be parsed"
    switch parser.pointee.error {
    case YAML_MEMORY_ERROR:
      return YAMLError(.outOfMemory, line: 0, column: 0)
    case YAML_READER_ERROR:
      let (line, column) = place(ofByte: Int(parser.pointee.problem_offset))
      // The reader names a character by its code, a byte that is no UTF-8 otherwise.
      let code = UInt32(bitPattern: parser.pointee.problem_value)
      let isCharacter = words.contains("control characters")
      return YAMLError(
        isCharacter ? .forbiddenCharacter(code) : .notUTF8, line: line, column: column)
    default:
      let mark = parser.pointee.problem_mark
      return YAMLError(
        .syntax(words), line: Int(mark.line) + firstLine, column: Int(mark.column) + 1)
    }
  }

  private func place(ofByte offset: Int) -> (line: Int, column: Int) {
    var line = firstLine
    var column = 1
    for byte in input.prefix(offset) {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0b1100_0000 != 0b1000_0000 {
        column += 1
      }
    }
    return (line, column)
  }
}
