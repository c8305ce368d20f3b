/// The unit by which systemd runs an agent, as an operator installs it.
enum AgentUnit {
  static let text = """
    # /etc/systemd/system/muster-agent.service
    [Unit]
    Description=Muster agent: records due escalation steps and delivers updates
    Documentation=man:muster-agent(1)
    Wants=network-online.target
    After=network-online.target
    StartLimitIntervalSec=0

    [Service]
    Type=notify
    NotifyAccess=main
    ExecStart=/usr/local/bin/muster agent
    ExecReload=/bin/kill -HUP $MAINPID
    Restart=always
    RestartSec=2
    WatchdogSec=60
    TimeoutStopSec=40

    # A user of its own, which owns the store or is in its group ('muster store --group').
    User=muster
    Environment=MUSTER_HOME=/var/lib/muster XDG_CONFIG_HOME=/etc
    StateDirectory=muster
    StateDirectoryMode=2770
    # /etc/muster with config.yaml and tokens.json belongs to it; make tokens as that user:
    # sudo -u muster env XDG_CONFIG_HOME=/etc muster agent token NAME --scope alert
    # Secrets of channels, mode 0600: LoadCredential=telegram.token:/etc/muster/telegram.token,
    # then in config.yaml: token_file: $CREDENTIALS_DIRECTORY/telegram.token

    UMask=0027
    NoNewPrivileges=true
    ProtectSystem=strict
    ProtectHome=true
    ReadWritePaths=/var/lib/muster
    PrivateTmp=true
    PrivateDevices=true
    ProtectKernelTunables=true
    ProtectKernelModules=true
    ProtectKernelLogs=true
    ProtectControlGroups=true
    ProtectClock=true
    ProtectHostname=true
    ProtectProc=invisible
    RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
    RestrictNamespaces=true
    RestrictRealtime=true
    RestrictSUIDSGID=true
    LockPersonality=true
    MemoryDenyWriteExecute=true
    SystemCallArchitectures=native
    SystemCallFilter=@system-service
    SystemCallFilter=~@privileged @resources
    # Refused, not killed: the system's libraries try to set priorities.
    SystemCallErrorNumber=EPERM
    CapabilityBoundingSet=

    [Install]
    WantedBy=multi-user.target
    """
}
