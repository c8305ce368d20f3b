import Engine

/// Code blocks that hold what is to be done.
extension Reading {
  /// Boxes to tick in a code block.
  mutating func readBoxes(_ fence: Block, _ section: Int) {
    guard fence.fenceRole == .boxes || fence.fenceRole == .text,
      !templateLines.contains(fence.line), !path(section, has: [.template])
    else { return }
    guard fence.fenceRole == .boxes else { return }
    for line in fence.lines {
      guard let text = FenceSigns.boxText(line.text), !isPlaceholder(text) else { continue }
      let indent = line.text.prefix { $0 == " " || $0 == "\t" }.count
      add(text: text, line: line.number, section, indent >= 2 ? 1 : 0, .task)
    }
  }

  /// Numbered steps in a code block: of a phase, for a severity, in a chapter of steps, or plainly told to be done.
  mutating func readSteps(_ fence: Block, _ section: Int) {
    guard fence.fenceRole == .steps, !templateLines.contains(fence.line), !isRunbook(section),
      !isAside(section), !path(section, has: [.template, .postmortem, .escalate])
    else { return }
    let steps = fence.lines.compactMap { line in
      FenceSigns.step(line.text).map { (line: line, text: $0.text) }
    }
    let told = steps.filter { isInstruction($0.text) }.count
    let isCourse =
      phase(of: section) != nil || !severities(of: section).isEmpty
      || path(section, has: [.stepsWord])
    guard
      isCourse && isMeant(section) || isResponse(section) && told * 2 >= steps.count
        || told * 4 >= steps.count * 3
    else { return }
    for step in steps where !pathLines.contains(step.line.number) {
      add(text: step.text, line: step.line.number, section, 0, .task)
      stepLines.insert(step.line.number)
    }
  }

  /// Not what a severity means.
  private func isMeant(_ section: Int) -> Bool {
    !outline.path(of: section).contains { isInner($0) && isDefinition($0) }
      || phase(of: section) != nil
  }
}
