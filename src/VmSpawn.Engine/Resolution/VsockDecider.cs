using System.Buffers.Binary;
using System.Text;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>
/// Whether the VM has a VSOCK device, who carries it, and its context identifier (the spec, section 7.1). The kernel's
/// device comes first; where it is missing or not permitted, the user-space program does the same without privilege.
/// </summary>
internal sealed class VsockDecider(IHost host, DecisionLog log)
{
    private const string Subject = "vsock";
    private const string Daemon = "vhost-device-vsock";
    private const string SocketName = "vsock";
    private const int Attempts = 64;

    // Number of identifiers that are tried: 3 to 4294967293, as the original has it.
    private const ulong Range = 4294967291;

    // Ports below need a privilege to be bound (vsock(7)).
    private const uint FirstFreePort = 1024;

    private static readonly byte[] Key = Convert.FromHexString("03adf0a4592c7711da390cbaf54c8052");

    /// <summary>Decides; <see langword="null"/> for none.</summary>
    /// <param name="configuration">What is wanted.</param>
    /// <param name="name">Name of the VM.</param>
    /// <param name="runDirectory">Its run directory.</param>
    /// <exception cref="VmSpawnException">It was demanded and cannot be had, or no identifier is free.</exception>
    public ResolvedVsock? Decide(VmConfiguration configuration, string name, string runDirectory)
    {
        if (configuration.Vsock is Tristate.No)
        {
            return configuration.VsockCid is not { } useless
                ? null
                : throw new VmSpawnException(
                    "VsockCidWithoutVsock",
                    VmErrorKind.ConflictingArguments,
                    $"A VSOCK CID ({useless}) was given for a VM without VSOCK.",
                    useless.ToString(),
                    "Leave -VsockCid or -Vsock out."
                );
        }

        var passed = host.ActivationDescriptors.FirstOrDefault(descriptor => descriptor.Name == "vhost-vsock");
        var access = passed is null
            ? host.ProbeVhostVsock()
            : new DeviceAccess(Usable: true, "the service manager passed the device");
        if (access.Usable)
        {
            var cid = configuration.VsockCid is { } given
                ? Free(given)
                : Derive(name, cid => !configuration.AvoidedVsockCids.Contains(cid) && host.IsGuestCidFree(cid));
            log.Decide(Subject, $"CID {cid}", configuration.VsockCid is null ? access.Reason : "it was given");
            return new ResolvedVsock(cid, RandomPort(), passed) { IsAutomatic = configuration.VsockCid is null };
        }

        return FindDaemon() is { } daemon
            ? InUserSpace(configuration, name, runDirectory, daemon, access)
            : Unusable(configuration, access);
    }

    private string? FindDaemon() =>
        host.FindExecutable(Daemon)
        ?? host.VhostDeviceVsockFallbacks.FirstOrDefault(path => host.Files.GetKind(path) is FileKind.Regular);

    // Every daemon serves one guest, so that there is nobody else to have the same identifier.
    private ResolvedVsock InUserSpace(
        VmConfiguration configuration,
        string name,
        string runDirectory,
        string daemon,
        DeviceAccess access
    )
    {
        var cid = configuration.VsockCid?.Value ?? Derive(name, _ => true);
        log.Decide(Subject, $"CID {cid}, by {daemon}", access.Reason);
        return new ResolvedVsock(cid, RandomPort())
        {
            IsAutomatic = configuration.VsockCid is null,
            Backend = VsockBackend.UserSpace,
            Daemon = daemon,
            SocketPath = $"{runDirectory}/{SocketName}",
        };
    }

    private ResolvedVsock? Unusable(VmConfiguration configuration, DeviceAccess access)
    {
        var reason = $"{access.Reason}, and {Daemon} was not found";
        if (configuration.Vsock is Tristate.Yes)
        {
            throw new HostRequirementException(
                "VsockNotUsable",
                "/dev/vhost-vsock",
                $"VSOCK was asked for, but cannot be used: {reason}.",
                $"{access.Hint ?? "Leave -Vsock out, or say -Vsock no."} Or install {Daemon}, which needs no device (Debian 14 and Fedora have a package of that name; cargo install {Daemon})."
            );
        }

        if (configuration.VsockCid is { } useless)
        {
            log.Warn($"The VSOCK CID {useless} is not used: {reason}.");
        }

        log.Decide(Subject, "off", reason);
        return null;
    }

    private uint Free(VsockCid cid) =>
        host.IsGuestCidFree(cid.Value)
            ? cid.Value
            : throw new VmSpawnException(
                "VsockCidInUse",
                VmErrorKind.Busy,
                $"The VSOCK CID {cid} is in use by another VM.",
                cid.ToString(),
                "Give another one, or leave -VsockCid out."
            );

    // The same name gives the same identifier as long as nobody else has it; then its successors, then chance.
    private uint Derive(string name, Func<uint, bool> isFree)
    {
        var data = new byte[Encoding.ASCII.GetByteCount(name) + sizeof(uint)];
        Encoding.ASCII.GetBytes(name, data);
        for (var attempt = 0u; attempt < 2 * Attempts; attempt++)
        {
            ulong number;
            if (attempt < Attempts)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(data.Length - sizeof(uint)), attempt);
                number = SipHash.Compute(Key, data);
            }
            else
            {
                number = RandomNumber();
            }

            var cid = (uint)(VsockCid.Minimum + (number % Range));
            if (isFree(cid))
            {
                return cid;
            }
        }

        throw new VmSpawnException(
            "NoFreeVsockCid",
            VmErrorKind.Busy,
            $"No free VSOCK CID was found in {2 * Attempts} attempts.",
            name,
            "Stop another VM, or say -Vsock no."
        );
    }

    private uint RandomPort() => (uint)(FirstFreePort + (RandomNumber() % (uint.MaxValue - FirstFreePort)));

    private ulong RandomNumber()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        host.FillRandom(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }
}
