using System.Collections;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Native;

/// <summary>Starts children with posix_spawn(3), which neither copies this process nor runs managed code in the child.</summary>
internal static unsafe class ProcessSpawn
{
    // Both are opaque; glibc's take 80 and 336 bytes, musl's 80 and 336.
    private const int ActionsSize = 256;
    private const int AttributesSize = 512;

    private const short SetGroup = 0x02; // POSIX_SPAWN_SETPGROUP
    private const short SetSignalDefaults = 0x04; // POSIX_SPAWN_SETSIGDEF
    private const short SetSignalMask = 0x08; // POSIX_SPAWN_SETSIGMASK
    private const short SetSession = 0x80; // POSIX_SPAWN_SETSID
    private const int ReadWrite = 2; // O_RDWR

    /// <summary>Starts the program.</summary>
    /// <returns>Its process id. It is a child of this process, which must reap it.</returns>
    /// <exception cref="SystemCallException">It could not be started.</exception>
    public static int Start(SpawnRequest request)
    {
        // A target number may be the number of another source here. Copies above every target cannot collide.
        var above = request.Descriptors.Select(pair => pair.Target + 1).Append(3).Max();
        var copies = new List<FileDescriptor>(request.Descriptors.Count);
        try
        {
            foreach (var (source, _) in request.Descriptors)
            {
                copies.Add(source.Duplicate(above));
            }

            return Start(request, copies);
        }
        finally
        {
            copies.ForEach(copy => copy.Dispose());
        }
    }

    private static int Start(SpawnRequest request, List<FileDescriptor> copies)
    {
        using var argv = new StringVector(request.Argv);
        using var environment = new StringVector(EnvironmentWords());
        var actions = stackalloc byte[ActionsSize];
        var attributes = stackalloc byte[AttributesSize];
        Check(LibC.posix_spawn_file_actions_init(actions), request);
        try
        {
            Check(LibC.posix_spawnattr_init(attributes), request);
            try
            {
                AddDescriptors(request, copies, actions);
                SetAttributes(request, attributes);
                int processId;
                fixed (byte* program = NativePath.Encode(request.Program))
                {
                    Check(
                        LibC.posix_spawn(&processId, program, actions, attributes, argv.Pointer, environment.Pointer),
                        request
                    );
                }

                return processId;
            }
            finally
            {
                _ = LibC.posix_spawnattr_destroy(attributes);
            }
        }
        finally
        {
            _ = LibC.posix_spawn_file_actions_destroy(actions);
        }
    }

    private static void AddDescriptors(SpawnRequest request, List<FileDescriptor> copies, byte* actions)
    {
        fixed (byte* nothing = "/dev/null"u8)
        {
            for (var standard = 0; standard < 3; standard++)
            {
                if (!request.Descriptors.Any(pair => pair.Target == standard))
                {
                    Check(LibC.posix_spawn_file_actions_addopen(actions, standard, nothing, ReadWrite, 0), request);
                }
            }
        }

        foreach (var (copy, (_, target)) in copies.Zip(request.Descriptors))
        {
            Check(LibC.posix_spawn_file_actions_adddup2(actions, copy.Number, target), request);
        }
    }

    private static void SetAttributes(SpawnRequest request, byte* attributes)
    {
        var flags = (short)(
            SetSignalDefaults
            | SetSignalMask
            | (request.NewSession ? SetSession : 0)
            | (request.NewGroup ? SetGroup : 0)
        );
        var defaults = SignalSet.All;
        var blocked = request.BlockedSignals;
        Check(LibC.posix_spawnattr_setflags(attributes, flags), request);
        Check(LibC.posix_spawnattr_setsigdefault(attributes, &defaults), request);
        Check(LibC.posix_spawnattr_setsigmask(attributes, &blocked), request);
        Check(LibC.posix_spawnattr_setpgroup(attributes, 0), request);
    }

    // What this process changed of its environment counts, as it does for every other way to start a process in .NET.
    private static List<string> EnvironmentWords()
    {
        var words = new List<string>();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            words.Add($"{variable.Key}={variable.Value}");
        }

        return words;
    }

    private static void Check(int errorNumber, SpawnRequest request)
    {
        if (errorNumber != 0)
        {
            throw new SystemCallException($"start '{request.Program}'", errorNumber, request.Program);
        }
    }
}
