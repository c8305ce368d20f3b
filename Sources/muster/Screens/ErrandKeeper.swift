import Dashboard
import Engine
import Glibc
import Runtime
import Themes

/// Reads and keeps small files beside a screen: the theme, what was typed, how the screen was left.
struct ErrandKeeper {
  private var theme: ScreenTheme
  private let view: KeptView?
  private let answers: Mailbox<Answer>

  init(theme: ScreenTheme, view: KeptView?, answers: Mailbox<Answer>) {
    (self.theme, self.view, self.answers) = (theme, view, answers)
  }

  /// How often the theme's file is looked at.
  private static let pause: Int32 = 3000

  /// Tells what was kept, and works until it is told to stop.
  mutating func run(_ errands: Mailbox<Errand?>) {
    if let view {
      answers.post(.remembered(History.lines()))
      if let message = view.read() { answers.post(message) }
    }
    while true {
      for errand in errands.take() {
        switch errand {
        case .theme(let name): choose(name)
        case .remember(let line): History.append(line)
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
      answers.post(.theme(theme.theme, said: "the theme is \(name)"))
    } catch {
      answers.post(.told("\(error)", isError: true))
    }
  }

  private mutating func lookAtTheme() {
    do throws(ThemeError) {
      guard try theme.lookAgain() else { return }
      answers.post(.theme(theme.theme, said: "the theme was read again"))
    } catch {
      answers.post(.told("\(error); the theme stays as it was", isError: true))
    }
  }
}
