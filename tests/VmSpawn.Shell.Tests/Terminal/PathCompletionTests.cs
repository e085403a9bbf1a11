using VmSpawn.Shell.Terminal;

namespace VmSpawn.Shell.Tests.Terminal;

public sealed class PathCompletionTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("shell-tests-");

    public PathCompletionTests()
    {
        foreach (var name in new[] { "disk.raw", "disk two.raw", "it's" })
        {
            File.WriteAllText(Path.Join(_directory.FullName, name), "");
        }

        _directory.CreateSubdirectory("dir");
    }

    [Theory]
    [InlineData("Start-VmSpawn -Image di", new[] { "'disk two.raw'", "dir/", "disk.raw" })]
    [InlineData("cat ./disk.", new[] { "./disk.raw" })]
    [InlineData("cat it", new[] { "'it''s'" })]
    public void Names_are_completed_and_quoted_where_needed(string line, string[] candidates)
    {
        var completion = PathCompletion.Complete(line, line.Length, _directory.FullName);
        Assert.NotNull(completion);
        Assert.Equal(candidates, completion.Candidates);
        Assert.Equal(line.LastIndexOf(' ') + 1, completion.Start);
    }

    [Theory]
    [InlineData("cat nothing")]
    [InlineData("cat no/such/di")]
    [InlineData("")]
    public void What_matches_nothing_is_left_alone(string line)
    {
        var completion = PathCompletion.Complete(line, line.Length, Path.Join(_directory.FullName, "dir"));
        Assert.Null(completion);
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
