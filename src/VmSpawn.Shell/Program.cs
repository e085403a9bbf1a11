using VmSpawn.Shell.CommandLine;
using VmSpawn.Shell.Session;

// The engine reads both when its assembly is first touched, which happens in ShellSession and not before.
Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
Environment.SetEnvironmentVariable("POWERSHELL_UPDATECHECK", "Off");

ShellOptions options;
try
{
    options = ShellCommandLine.Parse(args, Console.IsInputRedirected);
}
catch (UsageException problem)
{
    Console.Error.WriteLine(problem.Message);
    Console.Error.WriteLine();
    Console.Error.WriteLine(Usage.Text);
    return Usage.ExitCode;
}

if (options.Action is ShowUsage)
{
    Console.Out.WriteLine(Usage.Text);
    return 0;
}

return ShellSession.Run(options);
