import Dashboard
import Engine
import EventLog
import Procedures
import Runtime
import Wording

/// What a screen records in: the store with its settings, and the words for what comes of it.
struct ScreenRecording: RecordingGround {
  let store: StoreAccess
  /// As typed; nil: as configured.
  let actor: String?

  static let source = "console"

  var recorder: Recorder { store.recorder }

  func author(_ other: String?) throws(Told) -> Author {
    do throws(Failure) {
      return Author(actor: try store.author(actor: other ?? actor).actor, source: Self.source)
    } catch { throw Told(error.message) }
  }

  func declare(
    title: String, severity: String?, by author: Author
  ) throws(Told) -> (String, [Told]) {
    do throws(Failure) {
      guard !store.place.isDrills else {
        throw Failure(
          .notNow,
          "this console shows a drill; open a real incident from a shell: muster declare TITLE")
      }
      let chosen = try ProcedureChoice(store: store).forDeclaring(nil)
      let severity = StoreAccess.declaredSeverity(severity, in: chosen.procedure)
      var declaration = Declaration(
        id: "", title: title, severity: severity.id, procedure: chosen.procedure,
        procedureNotRead: chosen.notRead)
      declaration.document = chosen.document
      let receipt = try store.declare(declaration, author: author)
      let id = receipt.incident.id
      let declared = Told("declared \(id) · entry \(receipt.event.sequence)", isError: false)
      return (id, (severity.remark.map { [Told($0)] } ?? []) + [declared])
    } catch {
      let refusal = error.rejection?.message(
        on: .console, in: store.clock.zone, at: WallClock.now)
      throw Told(refusal ?? error.message)
    }
  }

  func offerKept() -> [Told] {
    store.offerKept().map { Told($0.text, isError: $0.isError) }
  }

  func didRecord(_ incident: Incident, _ event: RecordedEvent) {
    store.hint(incident, after: event.kind)
  }

  func words(_ lost: Recorder.Recorded) -> String { Failure(lost).message }
}
