import Engine

/// Mail by SMTP: one thread for each incident.
package struct EmailChannel: Channel {
  private let settings: Settings

  package struct Settings: Sendable {
    /// `host:port`.
    package var server: String
    package var security: Security
    package var user: String?
    package var password: String?
    package var from: String
    /// Where mail goes that is for nobody in particular.
    package var to: [String]
    package var caFile: String?
    package var limit: Duration

    package enum Security: String, Sendable {
      /// Encrypted by STARTTLS, or not at all.
      case starttls
      case tls
      case none
    }

    package init(
      server: String, security: Security, user: String?, password: String?, from: String,
      to: [String], caFile: String?, limit: Duration
    ) {
      (self.server, self.security, self.user, self.password) = (server, security, user, password)
      (self.from, self.to, self.caFile, self.limit) = (from, to, caFile, limit)
    }
  }

  package init(_ settings: Settings) { self.settings = settings }

  package var isIdempotent: Bool { false }

  package func send(_ message: ChannelMessage, note: (String) -> Void) -> ChannelOutcome {
    let recipients = (message.address.map { [$0] } ?? settings.to).map(Self.plainAddress)
    guard !recipients.isEmpty, !recipients.contains("") else {
      return .failed(ChannelFailure("no mail address is known", isFinal: true))
    }
    let sender = Self.plainAddress(settings.from)
    let scheme = settings.security == .tls ? "smtps" : "smtp"
    let domain = sender.split(separator: "@").last.map(String.init) ?? "localhost"
    var exchange = Exchange(
      mail: .init(
        sender: sender, recipients: recipients, needsTLS: settings.security == .starttls),
      to: "\(scheme)://\(settings.server)/\(WebText.percentEncoded(domain))")
    (exchange.user, exchange.password) = (settings.user, settings.password)
    (exchange.caFile, exchange.limit) = (settings.caFile, settings.limit)
    exchange.body = Array(MailText.whole(message, from: settings.from, to: recipients, domain).utf8)
    note("mail to \(recipients.joined(separator: ", ")) by \(scheme)://\(settings.server)")
    let answer = exchange.perform()
    if let failure = failure(of: answer) { return .failed(failure) }
    note("taken: \(answer.status)")
    return .delivered(reference: message.thread ?? MailText.id(of: message, domain))
  }

  /// A server's number in the four hundreds passes, one in the five hundreds does not.
  private func failure(of answer: WebAnswer) -> ChannelFailure? {
    guard answer.error != nil else { return nil }
    var failure = answer.failure()
    if (400..<500).contains(answer.status) { failure?.isFinal = false }
    if answer.status >= 500 { failure?.isFinal = true }
    return failure
  }

  /// `a@b.c` out of `Name <a@b.c>`; empty for what would be more than one line or address.
  static func plainAddress(_ text: String) -> String {
    guard !text.unicodeScalars.contains(where: { $0.value < 32 }) else { return "" }
    var address = text
    if let open = text.firstIndex(of: "<"), let close = text.lastIndex(of: ">"), open < close {
      address = String(text[text.index(after: open)..<close])
    }
    let isPlain = address.unicodeScalars.allSatisfy { $0.isASCII && $0.value > 32 }
    return isPlain && address.contains("@") && !address.contains(where: "<>,;\"".contains)
      ? address : ""
  }
}

/// A mail as it stands on the line, by RFC 5322.
enum MailText {
  static func whole(
    _ message: ChannelMessage, from: String, to recipients: [String], _ domain: String
  ) -> String {
    let id = id(of: message, domain)
    var lines = [
      "Date: \(date(message.time))", "From: \(header(from))",
      "To: \(recipients.map(header).joined(separator: ", "))",
      "Subject: \(encoded(subject(of: message)))", "Message-ID: \(id)",
    ]
    if let thread = message.thread, thread != id {
      lines += ["In-Reply-To: \(header(thread))", "References: \(header(thread))"]
    }
    lines += [
      "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: quoted-printable", "Auto-Submitted: auto-generated",
      "X-Auto-Response-Suppress: All", "",
    ]
    return lines.joined(separator: "\r\n") + "\r\n"
      + quotedPrintable("\(message.title)\n\n\(message.text)\n")
  }

  /// The same for everything about one incident, so that mails of a thread stay together.
  private static func subject(of message: ChannelMessage) -> String {
    "Incident \(message.incident)"
  }

  /// The same for every attempt at one message.
  static func id(of message: ChannelMessage, _ domain: String) -> String {
    let plain = message.id.unicodeScalars.map { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
        ? String(scalar) : "."
    }
    return "<\(plain.joined().prefix(180))@\(header(domain))>"
  }

  /// Without what would end a header.
  static func header(_ text: String) -> String {
    String(
      String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }))
  }

  /// `Sat, 28 Nov 2026 00:07:00 +0000`.
  static func date(_ time: Timestamp) -> String {
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let text = time.rfc3339
    let parts = text.prefix(10).split(separator: "-")
    let date = CivilDate(text.prefix(10))
    let day = (date.map { days[Weekday.allCases.firstIndex(of: $0.weekday) ?? 0] }) ?? "Mon"
    let month = Int(parts[1]).map { months[$0 - 1] } ?? "Jan"
    return "\(day), \(parts[2]) \(month) \(parts[0]) \(text.dropFirst(11).prefix(8)) +0000"
  }

  /// Words that may not be plain, as RFC 2047 has them.
  static func encoded(_ text: String) -> String {
    let text = header(text)
    if text.utf8.allSatisfy({ $0 < 127 }), text.utf8.count <= 60 { return text }
    var words: [String] = []
    var part: [UInt8] = []
    for scalar in text.unicodeScalars {
      let bytes = Array(String(scalar).utf8)
      if part.count + bytes.count > 42 {
        words.append("=?UTF-8?B?\(Base64.encode(part))?=")
        part = []
      }
      part += bytes
    }
    if !part.isEmpty { words.append("=?UTF-8?B?\(Base64.encode(part))?=") }
    return words.joined(separator: "\r\n ")
  }

  /// Lines of at most 76 signs that end in CR LF.
  static func quotedPrintable(_ text: String) -> String {
    var result = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      var column = 0
      let bytes = Array(line.utf8)
      for (index, byte) in bytes.enumerated() {
        let isLast = index == bytes.count - 1
        let isPlain = (33...126).contains(byte) && byte != 61 || (byte == 32 && !isLast)
        let sign = isPlain ? String(Unicode.Scalar(byte)) : "=" + hex(byte)
        if column + sign.utf8.count > 75 {
          result += "=\r\n"
          column = 0
        }
        result += sign
        column += sign.utf8.count
      }
      result += "\r\n"
    }
    return result
  }

  private static func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.count == 1 ? "0" + digits : digits
  }
}
