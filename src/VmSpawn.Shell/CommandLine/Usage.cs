namespace VmSpawn.Shell.CommandLine;

internal static class Usage
{
    /// <summary>EX_USAGE of sysexits(3); what <c>pwsh</c> exits with for a command line it does not understand.</summary>
    public const int ExitCode = 64;

    public const string Text = """
        Runs PowerShell where PowerShell itself is not installed: the engine alone, without its modules of
        everyday commands (Select-Object, Get-ChildItem, Format-Table, ...).

        Usage: pwshw [[-File] SCRIPT.ps1 [ARGUMENT...]]
               pwshw -Command { - | TEXT... }
               pwshw -CommandWithArgs TEXT [ARGUMENT...]
               pwshw -EncodedCommand BASE64

          -File             runs a script; the rest of the line are its arguments (the default)
          -Command          runs the rest of the line; "-" reads commands from standard input
          -CommandWithArgs  runs one text; the rest of the line is in $args
          -EncodedCommand   runs a text given as base64 of UTF-16
          -NoExit           stays at the prompt afterwards
          -NonInteractive   refuses to ask questions
          -WorkingDirectory starts there
          -NoLogo           starts the prompt without a banner
          -NoProfile        accepted: profiles are never read
          -ExecutionPolicy, -InputFormat Text, -OutputFormat Text, -Interactive, -Login: accepted, without effect
          -Version, -Help
        """;
}
