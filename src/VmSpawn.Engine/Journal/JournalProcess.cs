using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Journal;

/// <summary>A <c>journalctl</c> whose output is read; it ends with this object.</summary>
internal sealed class JournalProcess : IDisposable
{
    private const int MostWords = 4096;

    private readonly Process process;
    private readonly Task<string> words;

    /// <summary>Starts it.</summary>
    /// <exception cref="HostRequirementException"><c>JournalctlNotUsable</c>.</exception>
    public JournalProcess(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Its messages are quoted to the user.
        start.Environment["LC_ALL"] = "C.UTF-8";
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new HostRequirementException(
                "JournalctlNotUsable",
                program,
                $"'{program}' cannot be run: {e.Message}",
                "Reinstall systemd, or put a working journalctl first in PATH."
            );
        }

        process.StandardInput.Close();
        words = ReadWordsAsync(process.StandardError);
    }

    /// <summary>What it writes.</summary>
    public Stream Output => process.StandardOutput.BaseStream;

    /// <summary>Ends it, whereupon its output ends.</summary>
    public void Kill()
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code and what it complained of.</returns>
    public async Task<(int ExitCode, string Words)> EndAsync()
    {
        await process.WaitForExitAsync(CancellationToken.None);
        return (process.ExitCode, (await words).Trim());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private static async Task<string> ReadWordsAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        var piece = new char[1024];
        int count;
        while ((count = await reader.ReadAsync(piece)) > 0)
        {
            text.Append(piece, 0, Math.Min(count, MostWords - text.Length));
        }

        return text.ToString();
    }
}
