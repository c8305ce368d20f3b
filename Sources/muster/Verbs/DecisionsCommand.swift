import ArgumentParser
import Engine

struct DecisionsCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "decisions",
    abstract: "List the procedure's decision questions, or record an answer.",
    discussion: """
      Without arguments, it lists the questions and what follows from yes and no. With a question and an \
      answer it records the decision and says what follows.

      Example: muster decisions
      Example: muster decisions 2 yes
      Example: muster decisions data at risk no --reason 'read-only replica'
      """)

  @OptionGroup var recording: RecordingOptions
  @Argument(
    help: ArgumentHelp(
      "The question's number or words of it, then yes or no.", valueName: "question"))
  var words: [Typed] = []
  @Option(help: "Why.") var reason: Typed?

  func command(for incident: Incident, in context: VerbContext) throws(Failure) -> Command {
    let questions = incident.procedure.decisions
    let answer = words.last?.text.lowercased() ?? ""
    guard words.count > 1, ["yes", "no", "y", "n"].contains(answer) else {
      throw Failure(.usage, "'muster decisions QUESTION yes' or 'no' records an answer")
    }
    let name = Array(words.dropLast()).joined
    let place: Int
    if let number = Int(name), questions.indices.contains(number - 1) {
      place = number - 1
    } else {
      let match = NameMatch(name, among: questions.map(\.question))
      guard let only = match.only else {
        throw Failure.unknown(
          "question", name,
          known: questions.enumerated().map { "\($0 + 1) \($1.question)" })
      }
      place = only
    }
    return .decide(
      question: questions[place].question, choice: questions[place].choice(answer.hasPrefix("y")),
      objections: [], reason: reason?.text)
  }

  func choices(in incident: Incident, at now: Timestamp) -> [String]? {
    guard words.isEmpty else { return nil }
    let questions = incident.procedure.decisions
    guard !questions.isEmpty else { return ["the procedure has no questions"] }
    return questions.enumerated().flatMap { place, question in
      let answer = incident.decisions.entries.last { $0.value.question == question.question }
      return ["\(place + 1). \(question.question)"]
        + [question.yes.map { "     yes  \($0)" }, question.no.map { "     no   \($0)" }]
        .compactMap(\.self)
        + (answer.map { ["     answered by \($0.actor): \($0.value.choice)"] } ?? [])
    }
  }
}
