/// What a word or a phrase of any language means to the readers.
///
/// The name of a case is the key of its lines in the lexicons. Code speaks of these and of no word.
enum Concept: UInt8, CaseIterable, Sendable {
  case business
  case calendar
  case within
  case withinBehind
  case over
  case overBehind
  case every
  case everyBehind
  case after
  case afterBehind
  case lasting
  case lastingBehind
  case first
  case range
  case filler
  case officeHours
  case calendarAside
  case acknowledge
  case respond
  case triage
  case mitigate
  case resolve
  case communicate
  case update
  case frequency
  case escalate
  case postmortem
  case declare
  case detect
  case watch
  case not
  case condition
  case unless
  case or
  case only
  case orWorse
  case all
  case then
  case once
  case none
  case required
  case optional
  case example
  case noAnswer
  case notMitigated
  case notResolved
  case call
  case called
  case article
  case to
  case stop
  case nobody
  case backup
  case role
  case who
  case severity
  case family
  case familyWeak
  case familyBehind
  case rank1
  case rank2
  case rank3
  case rank4
  case rank5
  case incident
  case time
  case afterHead
  case level
  case toHead
  case fromHead
  case toWho
  case trigger
  case description
  case due
  case dutyHead
  case action
  case numberHead
  case nameHead
  case roleHead
  case contactHead
  case whoHead
  case notContact
  case statusHead
  case customers
  case insiders
  case stakeholders
  case leadership
  case regulator
  case template
  case communication
  case runbookGroup
  case process
  case stage
  case bareStage
  case notBare
  case phaseWord
  case stepWord
  case scenarioWord
  case initial
  case followUp
  case notReview
  case notPhase
  case notPhaseChapter
  case pathWord
  case notPath
  case roles
  case roleChapter
  case ownDuties
  case contacts
  case oncall
  case metrics
  case aside
  case reference
  case contents
  case actionChapter
  case things
  case leadsToThings
  case otherChapter
  case management
  case writing
  case aboutTrouble
  case plainCommands
  case options
  case decisionChapter
  case metricDefinition
  case special
  case retention
  case otherRepetition
  case notUpdates
  case otherDuty
  case whatWord
  case meeting
  case draft
  case review
  case requiredChapter
  case plainAll
  case afterSpan
  case repair
  case resolution
  case status
  case statusResolved
  case statusMitigated
  case yes
  case no
  case weekdays
  case weekend
  case imperative
  case nounAlone
  case beforeVerb
  case leadsToVerb
  case notInfinitive
  case businessBehind
  case infinitive
  case lastVerb
  case auxiliary
  case and
  case escalateTo
  case secondaryHead
  case notRole
  case subject
  /// A time that is said to be none in particular.
  case variable
  /// The head of a column that tells by which way somebody is told.
  case channelHead
  /// The head of a column that tells who decides.
  case inCharge
  /// "Times" between a count and a time: "5 times in 10 minutes".
  case occurrences
  /// A stretch of work of no known length, in which something is done once: "shift".
  case stretch
  /// Words between a count and its unit that are neither "every" nor an article: "al" of "dos veces al día".
  case perBehind
  /// What comes when the incident is over, besides its review: "after the incident is resolved".
  case afterIncident
  /// The label of what a severity means, and of its examples.
  case definitionLabel
  case exampleLabel
  /// Before a role, and names nobody in particular: "the owning team".
  case unnamed
  /// Ends with a point in the middle of a sentence: "approx."
  case abbreviation
  /// Letters that stand for digits or for a name that is not known yet: "HH:MM", "TBD".
  case placeholder
  /// To give somebody a part: "designate".
  case appoint
  /// Behind a time, of what comes so long after: "a week later".
  case later
  /// The first word of "let somebody know", "keep somebody informed", and the last.
  case keepVerb
  case keptWord
  /// "Identifying", at the beginning of a heading.
  case gerund
  /// "Summary", of a heading over the course in short.
  case summary
  /// "Steps", of a heading over a numbered list.
  case stepsWord
  case checklistWord
  /// "Should", "must", before what somebody does.
  case modal

  private static let named = Dictionary(
    uniqueKeysWithValues: allCases.map { (String(describing: $0), $0) })

  /// The concept that a key of a lexicon names.
  init?(key: String) {
    guard let concept = Self.named[key] else { return nil }
    self = concept
  }
}
