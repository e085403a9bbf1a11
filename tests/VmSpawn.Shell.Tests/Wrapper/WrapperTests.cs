using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace VmSpawn.Shell.Tests.Wrapper;

/// <summary>The wrapper <c>pwshw</c>, with a PATH that has only what it is given.</summary>
public sealed class WrapperTests : IDisposable
{
    private static readonly string[] Tools =
    [
        "sh",
        "env",
        "dirname",
        "readlink",
        "find",
        "sort",
        "xargs",
        "sha256sum",
        "cut",
        "grep",
        "flock",
        "cat",
        "mkdir",
    ];

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("wrapper-tests-");

    public WrapperTests()
    {
        foreach (var tool in Tools)
        {
            var path = new[] { "/usr/bin", "/bin" }.Select(folder => Path.Join(folder, tool)).First(File.Exists);
            File.CreateSymbolicLink(Path.Join(_directory.FullName, tool), path);
        }
    }

    [Fact]
    public async Task Without_the_sdk_it_says_how_to_install_it()
    {
        var (code, output, error) = await Run([]);
        Assert.Equal(69, code);
        Assert.Equal("", output);
        Assert.Contains(".NET 10 SDK is needed", error, StringComparison.Ordinal);
        Assert.Contains("Remedy: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_an_older_sdk_it_says_that_another_is_needed()
    {
        Add("dotnet", "[ \"$1\" != --list-sdks ] || echo '9.0.100 [/somewhere]'");
        using var repository = new UnbuiltRepository(Repository);
        var (code, _, error) = await Run([], repository.Wrapper);
        Assert.Equal(69, code);
        Assert.Contains("no SDK of version 10", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7.6.0")]
    [InlineData("7.10.1")]
    [InlineData("8.0.0-preview.1")]
    public async Task An_installed_PowerShell_that_is_new_enough_is_taken(string version)
    {
        AddPowerShell(version);
        var (code, output, _) = await Run(["-NoProfile", "a b", "$x"]);
        Assert.Equal(5, code);
        Assert.Equal("<-NoProfile><a b><$x>", output);
    }

    [Theory]
    [InlineData("7.5.9")]
    [InlineData("6.9.0")]
    [InlineData("what")]
    public async Task An_older_PowerShell_is_not_taken(string version)
    {
        AddPowerShell(version);
        var (code, _, error) = await Run([]);
        Assert.Equal(69, code);
        Assert.Contains(".NET 10 SDK", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_small_shell_can_be_forced()
    {
        AddPowerShell("7.6.0");
        Assert.Contains(".NET 10 SDK", (await Run([], choice: "builtin")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PowerShell_can_be_forced_and_is_then_missed()
    {
        var (code, _, error) = await Run([], choice: "pwsh");
        Assert.Equal(69, code);
        Assert.Contains("VMSPAWN_SHELL=pwsh", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_choice_that_does_not_exist_is_refused() =>
        Assert.Contains("VMSPAWN_SHELL is 'zsh'", (await Run([], choice: "zsh")).Error, StringComparison.Ordinal);

    public void Dispose() => _directory.Delete(recursive: true);

    private static string Repository { get; } =
        Path.GetFullPath(Path.Join(Path.GetDirectoryName(Here()), "..", "..", ".."));

    private void AddPowerShell(string version) =>
        Add(
            "pwsh",
            $"case \"$*\" in *-Version*) echo 'PowerShell {version}' ;; *) printf '<%s>' \"$@\"; exit 5 ;; esac"
        );

    private void Add(string name, string script)
    {
        var path = Path.Join(_directory.FullName, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
    }

    private async Task<(int Code, string Output, string Error)> Run(
        string[] arguments,
        string? wrapper = null,
        string choice = ""
    )
    {
        var start = new ProcessStartInfo(wrapper ?? Path.Join(Repository, "pwshw"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = _directory.FullName;
        start.Environment["VMSPAWN_SHELL"] = choice;
        using var process = Process.Start(start)!;
        var run = await ShellRun.End(process);
        return (run.Code, run.Output, run.Error);
    }

    private static string Here([CallerFilePath] string path = "") => path;

    /// <summary>A repository whose shell has not been built.</summary>
    private sealed class UnbuiltRepository : IDisposable
    {
        private readonly DirectoryInfo _copy = Directory.CreateTempSubdirectory("wrapper-tests-");

        public UnbuiltRepository(string repository)
        {
            foreach (var name in new[] { "pwshw", "Directory.Build.props", "Directory.Packages.props", "global.json" })
            {
                File.Copy(Path.Join(repository, name), Path.Join(_copy.FullName, name));
            }

            _copy.CreateSubdirectory("src/VmSpawn.Shell");
        }

        public string Wrapper => Path.Join(_copy.FullName, "pwshw");

        public void Dispose() => _copy.Delete(recursive: true);
    }
}
