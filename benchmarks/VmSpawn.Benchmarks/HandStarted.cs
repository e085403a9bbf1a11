using System.Diagnostics;

namespace VmSpawn.Benchmarks;

/// <summary>
/// QEMU as somebody starts it by hand: the module's argument vector, only that the two character devices which end at
/// the supervisor end nowhere.
/// </summary>
internal static class HandStarted
{
    public static Process Start(IReadOnlyList<string> argv)
    {
        var information = new ProcessStartInfo(argv[0]) { UseShellExecute = false, RedirectStandardInput = true };
        foreach (var word in argv.Skip(1))
        {
            information.ArgumentList.Add(WithoutDescriptor(word));
        }

        return Process.Start(information)!;
    }

    private static string WithoutDescriptor(string word)
    {
        const string before = "socket,id=";
        var end = word.IndexOf(",fd=", StringComparison.Ordinal);
        return word.StartsWith(before, StringComparison.Ordinal) && end > 0
            ? $"null,id={word[before.Length..end]}"
            : word;
    }
}
