# What the console shows beside its panes, and what outlasts a run.

test_the_hand_over_brief_and_the_statistics() {
  start_console && type_keys w && see 'Hand-over brief' && see 'RUNNING CLOCKS|WHAT TO DO NEXT' &&
    type_keys Escape && gone 'Hand-over brief' && type_keys L && see 'Incidents +1' &&
    type_keys Escape && gone 'Incident statistics' && leave_screen
}

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
  see 'the theme was read again' && type_keys : && see 'Command' && say 'theme nowhere' && enter &&
    see 'there is no theme "nowhere"' && type_keys : && see 'Command' && say 'theme quiet' &&
    enter && see 'the theme is quiet' && leave_screen
}
