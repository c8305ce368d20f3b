import Dashboard
import Display
import Engine

extension ScreenLoop {
  /// Does what the model asks for: what the surface can do at once, and the rest by the crew.
  mutating func perform() {
    while !effects.isEmpty {
      let asked = effects
      effects = []
      for effect in asked { perform(effect) }
    }
  }

  private mutating func perform(_ effect: Effect) {
    switch effect {
    case .append(let appending): crew.take(.append(appending))
    case .declare(let title, let severity):
      crew.take(.declare(title: title, severity: severity))
    case .open(let id): crew.take(.open(id))
    case .showNothing: crew.take(.showNothing)
    case .list: crew.take(.list)
    case .listClosed: crew.take(.listClosed)
    case .preview(let id): crew.take(.preview(id))
    case .activity(let ids): crew.take(.activity(ids))
    case .load(let range, let id): crew.take(.load(range, in: id))
    case .report(let report, let width):
      let (id, vantage) = (model.incident?.id, model.playback?.vantage)
      crew.take(.report(report, of: id, from: vantage, width: width))
    case .document(let width):
      let (id, vantage) = (model.incident?.id, model.playback?.vantage)
      crew.take(.document(of: id, from: vantage, width: width))
    case .theme(let name): crew.take(.theme(name))
    case .previewTheme(let name): crew.take(.previewTheme(name))
    case .remember(let line): crew.take(.remember(line))
    case .keepDraft(let draft, let id): crew.take(.keepDraft(draft, of: id))
    case .bell: surface.ring()
    case .notify(let text): surface.notify(text)
    case .title(let title): surface.name(window: title)
    case .repaint: surface.repaint()
    case .suspend: surface.suspend()
    case .copy(let text):
      update(.told(surface.copy(Sanitizer.clean(text, .multiLine)), isError: false))
    case .bare:
      guard let problem = surface.showPlainly(model.plainText) else { return }
      update(.told(problem, isError: true))
    case .edit(let text):
      switch surface.edit(text) {
      case .text(let edited): update(.edited(edited))
      case .failed(let problem): update(.told(problem, isError: true))
      }
    case .quit: leave()
    }
  }
}
