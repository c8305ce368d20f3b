extension Incident {
  /// Removes from every history what an entry said. The declaration itself cannot be taken back.
  mutating func takeBack(_ sequence: Int) {
    guard sequence != declaration?.stamp.sequence else { return }
    procedures.remove(sequence: sequence)
    severities.remove(sequence: sequence)
    statuses.remove(sequence: sequence)
    acknowledgements.remove(sequence: sequence)
    triages.remove(sequence: sequence)
    reopenings.remove(sequence: sequence)
    closings.remove(sequence: sequence)
    milestones.remove(sequence: sequence)
    impacts.remove(sequence: sequence)
    phaseEntries.remove(sequence: sequence)
    handovers.remove(sequence: sequence)
    addedItems.remove(sequence: sequence)
    decisions.remove(sequence: sequence)
    tasks.remove(sequence: sequence)
    timers.remove(sequence: sequence)
    updates.remove(sequence: sequence)
    reached.remove(sequence: sequence)
    snoozes.remove(sequence: sequence)
    actions.remove(sequence: sequence)
    postmortems.remove(sequence: sequence)
    postmortemWaivers.remove(sequence: sequence)
    for key in roles.keys { roles[key]?.remove(sequence: sequence) }
    for key in items.keys { items[key]?.remove(sequence: sequence) }
    for key in fields.keys { fields[key]?.remove(sequence: sequence) }
    finishedTasks = finishedTasks.filter { $0.value.sequence != sequence }
    cancelledTimers = cancelledTimers.filter { $0.value.sequence != sequence }
    finishedActions = finishedActions.filter { $0.value.sequence != sequence }
  }
}
