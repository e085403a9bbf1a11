namespace VmSpawn.Engine.Console;

/// <summary>The first line on a console socket; answered with one line, after which the console itself follows.</summary>
/// <param name="Access">What the client wants to do.</param>
/// <param name="History">How many bytes of earlier output it wants first.</param>
internal sealed record ConsoleRequest(ConsoleAccess Access, int History);
