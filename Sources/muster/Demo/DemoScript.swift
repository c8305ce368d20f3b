import Engine

/// A night with a bad deployment, told in seconds from the declaration.
struct DemoScript {
  struct Line {
    /// Scripted seconds after the declaration; how long that really takes is a matter of speed.
    var at: Int
    var actor: String
    var command: Command
    /// Real seconds after the incident became known, for what was done before it was declared.
    var afterDetection: Int?

    init(_ at: Int, _ actor: String, _ command: Command, afterDetection: Int? = nil) {
      self.at = at
      self.actor = actor
      self.command = command
      self.afterDetection = afterDetection
    }
  }

  static let title = "Checkout returns 502 for all carts"
  static let severity = "SEV-1"

  /// When the Engineering Lead is to be called, in scripted seconds: fifteen minutes after the detection, which is
  /// therefore set so far back.
  static let escalation = 200

  /// How long before its declaration the incident became known.
  static func lead(speed: Double) -> Duration {
    .minutes(15) - .milliseconds(Int64(Double(escalation) * 1000 / speed))
  }

  static let lines: [Line] = [
    Line(0, "alertmanager", .alert(alert("HighErrorRate checkout 14 %")), afterDetection: 1),
    Line(0, "kai", .acknowledge, afterDetection: 95),
    Line(
      0, "kai", .note("Paged. Checkout is down for everybody, not only in one region."),
      afterDetection: 150),
    Line(8, "mira", .assign(role: "ic", name: "mira")),
    Line(
      14, "mira", .note("I have the command. Everything goes through the call; kai looks at api.")),
    Line(20, "alertmanager", .alert(alert("HighErrorRate checkout 14 %"))),
    Line(24, "alertmanager", .alert(alert("PaymentQueueGrowing 1,200 waiting"))),
    Line(
      30, "mira",
      .updateImpact(
        .init(
          summary: "no checkout goes through", services: "checkout, api", users: "about 500 now"))),
    Line(36, "mira", .check("ack")),
    Line(38, "mira", .check("commander")),
    Line(44, "mira", .assign(role: "Communications Lead", name: "dev")),
    Line(46, "mira", .assign(role: "Operations Lead", name: "kai")),
    Line(52, "kai", .fill("symptom", value: "502 after 'Pay now', carts stay full")),
    Line(60, "kai", .finding("The errors begin one minute after the deployment of api 41f3.")),
    Line(70, "bo", .hypothesis("The connection pool of 41f3 is too small for the evening.")),
    Line(80, "mira", .triage),
    Line(84, "mira", .setStatus("identified", text: "deployment of api 41f3")),
    Line(
      92, "dev",
      .sendUpdate(
        .init(
          text:
            "Checkout fails at present. We know the cause and are undoing a change. No money is lost.",
          audience: "customers", channel: "status page"))),
    Line(104, "mira", .enterPhase("stabilise")),
    Line(110, "mira", .assignTask("watch the replica lag", who: "bo", timeBox: .minutes(10))),
    Line(
      124, "mira",
      .decide(
        question: "Roll api back to 41f2?", choice: "yes",
        objections: ["bo: the migration of 41f3 stays; reads will be slow for an hour"])),
    Line(130, "kai", .check("deploys")),
    Line(136, "kai", .note("Rolling api back to 41f2.")),
    Line(142, "mira", .startTimer("is the roll-back through?", .minutes(5))),
    Line(160, "bo", .note("Replica lag 40 s and falling.")),
    Line(
      178, "kai",
      .note("The roll-back waits for a lock on the orders table; killing the old migration.")),
    Line(226, "mira", .reached(step: "Engineering Lead", name: "ada")),
    Line(236, "ada", .note("On the call. The migration may be killed, it is safe to run again.")),
    Line(252, "kai", .note("Rolled back api to 41f2.")),
    Line(258, "kai", .check("undo")),
    Line(264, "alertmanager", .alert(alert("HighErrorRate checkout 14 %", isOver: true))),
    Line(270, "mira", .mitigate),
    Line(276, "mira", .cancelTimer("roll-back")),
    Line(
      286, "dev",
      .sendUpdate(
        .init(
          text: "Checkout works again. We watch it for the next half hour.", audience: "customers",
          channel: "status page"))),
    Line(300, "alertmanager", .alert(alert("PaymentQueueGrowing 1,200 waiting", isOver: true))),
    Line(312, "bo", .finishTask("replica")),
    Line(320, "mira", .enterPhase("repair")),
    Line(330, "kai", .check("confirm")),
    Line(340, "dev", .check("customers-see")),
    Line(
      352, "mira",
      .addAction("A limit on connections in the deployment's own check", owner: "bo", due: nil)),
    Line(366, "mira", .offerHandover(to: "ada")),
    Line(376, "ada", .acceptHandover(by: "ada")),
    Line(400, "ada", .resolve),
  ]

  private static func alert(_ title: String, isOver: Bool = false) -> Command.Alert {
    Command.Alert(title: title, key: String(title.prefix { $0 != " " }), isResolved: isOver)
  }

  /// What the store of the demo knows: whom to call.
  static let settings = """
    # The team of the demo. No update leaves it.
    deliver: false
    contacts:
      - {role: On-call Engineer, name: kai, contact: +1 555 0101}
      - {role: Secondary on call, name: bo, contact: +1 555 0102}
      - {role: Engineering Lead, name: ada, contact: +1 555 0103}
      - {role: Head of Engineering, name: sam, contact: +1 555 0104}

    """
}
