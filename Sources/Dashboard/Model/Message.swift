package import Display
package import Engine

/// Anything that reaches the model.
package enum Message: Sendable {
  /// What one read of the keyboard gave, in order: more than a few characters at once are no typing.
  case keys([Key])
  /// A second has passed, or time has jumped.
  case tick
  case resized(Size)
  /// An incident as its log tells it now, with the words of its newest entries.
  case opened(Incident, [RecordedEvent])
  /// A past incident, to be looked at as it was.
  case replaying(Playback)
  /// The one that was shown cannot be any more.
  case openFailed(String)
  /// Nothing in the store is open any more.
  case nothingOpen
  /// New lines of the log, by whomever, in the order of the log.
  case recorded([RecordedEvent])
  /// The log was looked at, and there was nothing new.
  case looked
  /// The log could not be read.
  case readFailed(String)
  case damage([String])
  /// What was asked to be recorded is in the log.
  case appended(Int, sequence: Int)
  /// It is not, or nobody knows.
  case notRecorded(Int, NotRecorded)
  case unsynced(since: Timestamp?)
  /// An attempt to deliver is over.
  case deliveryEnded(Delivering)
  /// Whether the log can only be read.
  case readOnly(Bool)
  /// The bell is to be silent.
  case muted
  /// Everything in the store that is open.
  case listed([OpenIncident])
  /// Older entries that were asked for.
  case loaded([RecordedEvent])
  /// What an editor made of the words that were being typed.
  case edited(String)
  /// A report that was asked for.
  case report(Report, [String])
  /// How the console was left the last time.
  case viewRestored(ViewState)
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
  /// The world failed: a full disk, a lock not had in time.
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
  /// Record what has fallen due.
  case recordFirings([EventDraft])
  /// Try these deliveries, each once.
  case deliver([Delivering])
  /// Read older entries again, oldest first.
  case load(ClosedRange<Int>)
  /// Show another incident.
  case open(String)
  case declare(title: String, severity: String?)
  /// Look for what is open in the store.
  case list
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
  /// Hand a text to the clipboard.
  case copy(String)
  /// Let a text be edited in the person's editor.
  case edit(String)
  /// Keep a typed command for later runs.
  case remember(String)
  /// Use another theme.
  case theme(String)
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

  package init(ticket: Int, incident: String, command: Command, occurred: Timestamp?) {
    self.ticket = ticket
    self.incident = incident
    self.command = command
    self.occurred = occurred
  }
}
