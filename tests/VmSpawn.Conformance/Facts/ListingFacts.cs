using System.Text.Json.Nodes;
using VmSpawn.Engine.Arguments;
using VmSpawn.Engine.Host;

namespace VmSpawn.Conformance.Facts;

/// <summary>The facts of a command line that lists instead of starting.</summary>
internal static class ListingFacts
{
    public static JsonObject Of(ParsedCommandLine commandLine, IHost host, string workingDirectory) =>
        throw new NotSupportedException($"{commandLine.Action} {host.HostName} {workingDirectory}");
}
