# What the console shows beside its panes, and what outlasts a run.

test_the_hand_over_brief_and_the_statistics() {
  start_console && type_keys w && see 'Hand-over brief' && see 'RUNNING CLOCKS|WHAT TO DO NEXT' &&
    type_keys Escape && gone 'Hand-over brief' && type_keys L && see 'Incidents +1' &&
    type_keys Escape && gone 'Incident statistics' && leave_screen
}

test_the_document_is_at_hand_without_its_file() {
  printf '# Outages\n\n## Severities\n\n- **SEV-1**: everything is down\n- **SEV-2**: the rest\n\n' >"$scratch/OUTAGE.md"
  printf '## Roll back\n\n```sh\nkubectl rollout undo deployment/api\n```\n' >>"$scratch/OUTAGE.md"
  start_console_on "$scratch/OUTAGE.md" && rm "$scratch/OUTAGE.md" && type_keys W &&
    see 'OUTAGE.md' && see 'Roll back' && type_keys / && see 'Find in the document' && say rollout &&
    see '1/1 found' && enter && see 'line 11 of 12' && type_keys Y &&
    until_true 5 buffer_has '^kubectl rollout undo deployment/api$' && type_keys Escape &&
    gone 'line 11 of 12' && leave_screen && run_in_shell 'clear; muster replay' && see 'PAUSED' &&
    type_keys W && see 'Roll back' && type_keys q && gone 'Roll back' && leave_screen
}

# start_console_on FILE: the console on a new incident that is run by that procedure.
start_console_on() {
  declare_incident --procedure "$1" && open 100x30 && in_tmux set-option -g set-clipboard on &&
    run_in_shell 'muster console' && see 'Checkout returns 502'
}

buffer_has() { in_tmux show-buffer | grep -qE -- "$1"; }

test_the_view_is_kept_between_runs() {
  start_console && type_keys 2 && type_keys z && see '2 Due \[zoom\]' && leave_screen && run_in_shell 'clear; muster console' && see '2 Due \[zoom\]' &&
    leave_screen || return
  echo 'focus 77' >"$MUSTER_HOME/console-view-$(id -un)"
  run_in_shell 'clear; muster console' && see 'console-view-[^ ]*:1: there is no pane' &&
    see '4 Timeline' && leave_screen
}

test_a_theme_is_read_again_and_a_broken_one_is_told() {
  mkdir -p "$XDG_CONFIG_HOME/muster/themes"
  local mine=$XDG_CONFIG_HOME/muster/themes/mine.yaml
  echo 'inherits: default' >"$mine"
  declare_incident && open 100x30 && run_in_shell 'muster console --theme mine' &&
    see 'Checkout returns 502' || return
  printf 'inherits: default\nroles:\n  text: no such colour\n' >"$mine"
  see 'mine.yaml:3: ' && see 'Checkout returns 502' || return
  echo 'inherits: quiet' >"$mine"
  see 'theme reloaded' && type_keys : && see 'Command' && say 'theme nowhere' && enter &&
    see 'there is no theme "nowhere"' && type_keys : && see 'Command' && say 'theme quiet' &&
    enter && see 'theme: quiet' && leave_screen
}

# A window whose background is known answers for it, in tmux as well.
test_the_theme_follows_the_background_where_it_is_asked_for() {
  declare_incident && open 100x30 || return
  local colour seen=()
  for colour in '#ffffff' '#101010'; do
    in_tmux set-option -g window-style "bg=$colour" && run_in_shell 'clear; muster console --theme auto' &&
      see 'Checkout returns 502' && sleep 0.5 || return
    seen+=("$(in_tmux capture-pane -t "$window" -p -e | grep -c '48;2;255;255;255\|48;5;231')")
    leave_screen || return
  done
  [ "${seen[0]}" -gt 5 ] && [ "${seen[1]}" = 0 ] || fail "rows on white: ${seen[*]}"
}
