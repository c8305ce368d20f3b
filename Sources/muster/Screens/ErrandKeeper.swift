import Dashboard
import Engine
import Glibc
import Runtime
import Themes

/// Reads and keeps small files beside a screen: the theme, what was typed, how the screen was left.
struct ErrandKeeper {
  private var theme: ScreenTheme
  private let view: KeptView?
  private let drafts: KeptDrafts?
  private let answers: Mailbox<Answer>

  init(theme: ScreenTheme, view: KeptView?, drafts: KeptDrafts?, answers: Mailbox<Answer>) {
    (self.theme, self.view, self.drafts, self.answers) = (theme, view, drafts, answers)
  }

  /// How often the theme's file is looked at.
  private static let pause: Int32 = 3000

  /// Tells what was kept, and works until it is told to stop.
  mutating func run(_ errands: Mailbox<Errand?>) {
    if let view {
      answers.post(.remembered(History.lines()))
      if let message = view.read() { answers.post(message) }
    }
    if let kept = drafts?.read(), !kept.isEmpty { answers.post(.draftsRestored(kept)) }
    while true {
      for errand in errands.take() {
        switch errand {
        case .theme(let name): choose(name)
        case .previewTheme(let name): preview(name)
        case .remember(let line): History.append(line)
        case .keepDraft(let draft, let id): keep(draft, of: id)
        case nil: return
        }
      }
      var entry = pollfd(fd: errands.descriptor, events: Int16(POLLIN), revents: 0)
      if poll(&entry, 1, Self.pause) == 0 { lookAtTheme() }
    }
  }

  private mutating func choose(_ name: String) {
    do throws(ThemeError) {
      try theme.choose(name)
      answers.post(.theme(theme.theme, said: "theme: \(name)"))
    } catch {
      answers.post(.told("\(error)", isError: true))
    }
  }

  /// Shows a theme without taking it; one that cannot be read is told when it is chosen.
  private func preview(_ name: String?) {
    guard let name else { return answers.post(.theme(theme.theme, said: nil)) }
    if let other = theme.preview(name) { answers.post(.theme(other, said: nil)) }
  }

  private func keep(_ draft: Draft?, of id: String) {
    if let problem = drafts?.keep(draft, of: id) { answers.post(.told(problem, isError: false)) }
  }

  private mutating func lookAtTheme() {
    do throws(ThemeError) {
      guard try theme.lookAgain() else { return }
      answers.post(.theme(theme.theme, said: "theme reloaded"))
    } catch {
      answers.post(.told("\(error); the theme is unchanged", isError: true))
    }
  }
}
