package import Display
package import Engine

/// Anything that reaches the model.
package enum Message: Sendable {
  /// What one read of the keyboard gave, in order: more than a few characters at once are no typing.
  case keys([Key])
  /// A second has passed, or time has jumped.
  case tick
  case resized(Size)
  /// A long log is being read for the first time, this far: a part from 0 to 1.
  case opening(String, part: Double)
  /// An incident as its log tells it now, with the words of its newest entries.
  case opened(Incident, [RecordedEvent])
  /// A past incident, to be looked at as it was.
  case replaying(Playback)
  /// The incident that was to be shown could not be read, and why.
  case openFailed(String, String)
  /// An incident was declared from here.
  case declared(String)
  /// New lines of an incident's log, by whomever, in the order of the log.
  case recorded([RecordedEvent], in: String)
  /// The log was looked at, and there was nothing new.
  case looked
  /// The log could not be read.
  case readFailed(String)
  case damage([String])
  /// What was asked to be recorded is in the log.
  case appended(Int, sequence: Int)
  /// It was not recorded, or that is unknown.
  case notRecorded(Int, NotRecorded)
  /// What is wrong with the store now, whichever process met it: since when writes of the incident that is shown are not
  /// confirmed, how many words no log has taken, and why the settings could not be read.
  case trouble(unsynced: Timestamp?, kept: Int, settings: String?)
  /// How it stands with an agent of the store.
  case watched(AgentWatch)
  /// How it stands with the other machines that share the store, in a few words each.
  case shared([String])
  /// Attempts to deliver have begun.
  case delivering([Delivering])
  /// An attempt to deliver is over.
  case deliveryEnded(Delivering)
  /// Whether the log can only be read.
  case readOnly(Bool)
  /// The bell is to be silent.
  case muted
  /// Everything in the store that is open.
  case listed([OpenIncident])
  /// The newest closed incidents of the store, the newest first.
  case listedClosed([OpenIncident])
  /// The newest entries of an incident that is picked in a list.
  case previewed(IncidentPreview)
  /// Older entries of an incident that were asked for.
  case loaded([RecordedEvent], in: String)
  /// What an editor made of the words that were being typed.
  case edited(String)
  /// The lines of a report that was asked for, and the incident that was shown then.
  case report(Report, of: String?, [String])
  /// The document that an incident is run by, laid out as it was asked for.
  case document(DocumentPage, of: String?)
  /// How the console was left the last time.
  case viewRestored(ViewState)
  /// What was being written when the console was left, by its incident.
  case draftsRestored([String: Draft])
  /// What happened last in the incidents that were asked about.
  case activity([ActivityEntry])
  /// Commands typed in earlier runs, the oldest first.
  case remembered([String])
  /// The loop ran late by so much.
  case late(Duration)
  /// Something to be told, from outside.
  case told(String, isError: Bool)
}

/// Why something is not in the log for certain.
package enum NotRecorded: Hashable, Sendable {
  /// The incident's state does not allow it.
  case rejected(Rejection)
  /// The same in words.
  case refused(String)
  /// A system failure: a full disk, a lock not taken in time.
  case failed(String)
  /// The same, and the words are in the spool: they are offered again by themselves.
  case kept(String)
  /// Written, and not confirmed by the disk.
  case unknown(String)
}

/// Work asked of the runtime.
package enum Effect: Hashable, Sendable {
  /// Decide a command on the newest state of the log and append it.
  case append(Appending)
  /// Read older entries of an incident again, oldest first.
  case load(ClosedRange<Int>, in: String)
  /// Read an incident to be shown.
  case open(String)
  /// Show no incident any more: none is open.
  case showNothing
  case declare(title: String, severity: String?)
  /// Look for what is open in the store.
  case list
  /// Look for the newest closed incidents.
  case listClosed
  /// Read the newest entries of an incident that is not shown.
  case preview(String)
  case bell
  /// Tell a new breach where the person may see it without looking here.
  case notify(String)
  case title(String)
  /// Paint everything anew.
  case repaint
  case suspend
  case quit
  /// Make a text of lines that are at most so wide, where they can be.
  case report(Report, width: Int)
  /// Lay out the document that the incident is run by in so many columns.
  case document(width: Int)
  /// Hand a text to the clipboard.
  case copy(String)
  /// Let a text be edited in the person's editor.
  case edit(String)
  /// Keep a typed command for later runs.
  case remember(String)
  /// Use another theme.
  case theme(String)
  /// Show another theme until one is chosen; nil: the one that is in use.
  case previewTheme(String?)
  /// Keep what is being written about an incident; nil: no more.
  case keepDraft(Draft?, of: String)
  /// Read the newest entries of incidents.
  case activity([String])
  /// Leave the screen and print this as plain text until a key.
  case bare
}

/// A command on its way to the log.
package struct Appending: Hashable, Sendable {
  /// What the answer refers to.
  package var ticket: Int
  package var incident: String
  package var command: Command
  package var occurred: Timestamp?
  /// Who did it, where that is somebody else than who types.
  package var actor: String?

  package init(
    ticket: Int, incident: String, command: Command, occurred: Timestamp?, actor: String? = nil
  ) {
    self.ticket = ticket
    self.incident = incident
    self.command = command
    self.occurred = occurred
    self.actor = actor
  }
}
