import Engine
import Procedures
import Testing

@Suite struct `An agent's settings` {
  private func read(_ text: String) -> AgentConfiguration {
    AgentConfiguration.read(Array(text.utf8), path: "config.yaml")
  }

  @Test func `have an address to ping, channels and audiences`() throws {
    let settings = read(
      """
      actor: muster
      agent:
        ping: https://hc.example.com/abc
      channels:
        telegram: {token_file: /etc/t, chats: ["-100"], senders: {kai: 12}}
        phone: {kind: twilio, account: AC1, token_file: /etc/w, from: "+1555", by: call}
        mail: {kind: email, server: mail.example.com:587, from: m@example.com, timeout: 1m}
      audiences:
        customers: [mail]
      """)
    #expect(settings.problems == [])
    #expect(settings.ping == "https://hc.example.com/abc")
    #expect(settings.channels.map(\.name) == ["telegram", "phone", "mail"])
    #expect(settings.channels.map(\.kind) == [.telegram, .twilio, .email])
    #expect(settings.channels.map(\.timeout) == [20, 20, 60])
    #expect(settings.channels[0].senders == ["kai": 12])
    #expect(settings.channels[0].lists["chats"] == ["-100"])
    #expect(settings.channels[1].texts["by"] == "call")
    #expect(settings.audiences.map(\.channels) == [["mail"]])
  }

  @Test(arguments: [
    ("agent: {pong: x}\n", "1:9: unknown key 'pong' in the agent; known: ping"),
    (
      "agent: {ping: \"http://example.com\"}\n",
      "1:15: 'ping' of the agent is not a usable address"
    ),
    (
      "agent: {ping: \"https://u:p@example.com/\"}\n",
      "1:15: 'ping' of the agent is not a usable address"
    ),
    ("channels: {a b: {kind: ntfy}}\n", "1:12: 'a b' is not a name for a channel"),
    ("channels: {x: {kind: slak}}\n", "1:22: unknown kind 'slak' of channel; known: command"),
    ("channels: {slack: {}}\n", "1:19: the channel 'slack' has no 'token_file'"),
    ("channels: {slack: {token: x}}\n", "1:20: unknown key 'token' in the channel 'slack'"),
    (
      "channels: {twilio: {account: a, token_file: b, from: c, by: post}}\n",
      "1:61: 'by' of the channel 'twilio' cannot be 'post'; known: call, sms"
    ),
    ("audiences: {customers: [mail]}\n", "1:24: 'mail' is not a channel; none is defined"),
  ])
  func `a slip is told with its place and costs only itself`(text: String, words: String) throws {
    let settings = read(text)
    try #require(settings.problems.count == 1)
    #expect(settings.problems[0].description.hasPrefix("config.yaml:\(words)"))
    #expect(settings.channels.isEmpty && settings.audiences.isEmpty && settings.ping == nil)
  }

  @Test func `stand beside a person's own in one file`() {
    let text = "channels: {ops: {kind: ntfy, url: \"https://ntfy.sh\"}}\ntheme: paper\n"
    #expect(read(text).problems.isEmpty)
    let user = UserConfiguration.read(Array(text.utf8), path: "config.yaml")
    #expect(user.problems.isEmpty && user.theme == "paper")
  }
}
