using System.Collections;
using System.Diagnostics;
using System.Management.Automation;

namespace VmSpawn.Benchmarks;

/// <summary>
/// A plan of the module as somebody carries it out by hand: the same helpers and the same argument vector of QEMU, only
/// that the two character devices which end at the supervisor end nowhere, and that a helper makes its socket itself.
/// The helpers are up before QEMU is started, so that what is measured is QEMU alone.
/// </summary>
internal sealed class HandStarted : IDisposable
{
    private readonly string _directory;
    private readonly List<Process> _helpers = [];
    private readonly string[] _argv;

    /// <summary>Makes everything ready for QEMU.</summary>
    /// <param name="plan">A plan of <c>New-VmSpawnPlan</c>.</param>
    public HandStarted(PSObject plan)
    {
        _directory = (string)plan.Properties["RunDirectory"].Value;
        _argv = [.. Words(plan.Properties["QemuArgv"].Value).Select(WithoutDescriptor)];
        Directory.CreateDirectory(_directory);
        // What the guest is handed: the tiny one does not look at it.
        const string String = "type=11,path=";
        foreach (var word in _argv.Where(word => word.StartsWith(String, StringComparison.Ordinal)))
        {
            File.WriteAllText(word[String.Length..], "io.systemd.credential:benchmark=");
        }

        foreach (
            var helper in ((IEnumerable)plan.Properties["Helpers"].Value).Cast<object>().Select(PSObject.AsPSObject)
        )
        {
            StartHelper(helper);
        }
    }

    /// <summary>Starts QEMU.</summary>
    public Process Start() => Run(_argv);

    public void Dispose()
    {
        foreach (var helper in _helpers)
        {
            helper.Kill();
            helper.WaitForExit();
            helper.Dispose();
        }

        Directory.Delete(_directory, recursive: true);
    }

    private void StartHelper(PSObject helper)
    {
        foreach (var directory in Words(helper.Properties["Directories"].Value))
        {
            Directory.CreateDirectory(directory);
        }

        foreach (var command in ((IEnumerable)helper.Properties["Prepare"].Value).Cast<object>())
        {
            using var preparation = Run([.. Words(command)]);
            preparation.WaitForExit();
        }

        var socket = (string)helper.Properties["ListenPath"].Value;
        var descriptor = $"fd={helper.Properties["ListenDescriptor"].Value}";
        _helpers.Add(
            Run([.. Words(helper.Properties["Argv"].Value).Select(word => word.Replace(descriptor, $"path={socket}"))])
        );
        while (!File.Exists(socket))
        {
            Thread.Sleep(1);
        }
    }

    private static Process Run(string[] argv)
    {
        var information = new ProcessStartInfo(argv[0]) { UseShellExecute = false, RedirectStandardInput = true };
        foreach (var word in argv.Skip(1))
        {
            information.ArgumentList.Add(word);
        }

        // What a helper says is nobody's business here.
        information.RedirectStandardOutput = true;
        var process = Process.Start(information)!;
        process.BeginOutputReadLine();
        return process;
    }

    private static IEnumerable<string> Words(object list) => ((IEnumerable)list).Cast<string>();

    private static string WithoutDescriptor(string word)
    {
        const string before = "socket,id=";
        var end = word.IndexOf(",fd=", StringComparison.Ordinal);
        return word.StartsWith(before, StringComparison.Ordinal) && end > 0
            ? $"null,id={word[before.Length..end]}"
            : word;
    }
}
