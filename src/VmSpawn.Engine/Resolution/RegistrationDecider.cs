using System.Buffers.Binary;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Systemd;

namespace VmSpawn.Engine.Resolution;

/// <summary>
/// Whether the VM gets a unit of its own, and an entry in machined's register (the spec, sections 8.1 and 8.6).
/// </summary>
internal sealed class RegistrationDecider(IHost host, DecisionLog log)
{
    private const string RegisterSubject = "register";
    private const string ScopeSubject = "scope";

    /// <summary>Decides; <see langword="null"/> if systemd is told of nothing.</summary>
    /// <exception cref="VmSpawnException">Something was demanded that this host does not have, or values exclude each other.</exception>
    public ResolvedRegistration? Decide(VmConfiguration configuration, string name)
    {
        RefuseScopeSettingsWithoutScope(configuration);
        var manager = configuration.ServiceManager ?? (host.IsPrivileged ? ServiceManager.System : ServiceManager.User);
        var machined = DecideMachine(configuration, manager);
        var access = host.ProbeServiceManager(manager);
        if (!access.Usable)
        {
            Demand(configuration, access);
            log.Decide(RegisterSubject, "off", access.Reason);
            return null;
        }

        var scope = DecideScope(configuration, name, access);
        var machine = machined?.Path is { } socket
            ? new ResolvedMachine(socket, configuration.Register is Tristate.Yes)
            : null;
        return scope is null && machine is null
            ? null
            : new ResolvedRegistration(manager, access.Path!, scope, machine);
    }

    private static void RefuseScopeSettingsWithoutScope(VmConfiguration configuration)
    {
        if (!configuration.KeepUnit)
        {
            return;
        }

        var (option, value) =
            configuration.Slice is { } slice ? ("-Slice", slice.Value)
            : configuration.UnitProperties is [var property, ..] ? ("-Property", property.Text)
            : ("", "");
        if (option.Length > 0)
        {
            throw new VmSpawnException(
                "KeepUnitWithScopeSetting",
                VmErrorKind.ConflictingArguments,
                $"{option} '{value}' is for the unit that is made for the VM, and with -KeepUnit none is made.",
                value,
                $"Leave {option} or -KeepUnit out."
            );
        }
    }

    private static void Demand(VmConfiguration configuration, SystemdAccess access)
    {
        var option =
            configuration.Register is Tristate.Yes ? "-Register yes"
            : configuration.ServiceManager is { } manager ? $"-{manager}"
            : configuration.Slice is { } slice ? $"-Slice {slice}"
            : configuration.UnitProperties is [var property, ..] ? $"-Property {property}"
            : null;
        if (option is not null)
        {
            throw new HostRequirementException(
                "ServiceManagerNotUsable",
                "systemd",
                $"{option} needs a service manager of systemd, but {access.Reason}.",
                access.Hint
            );
        }
    }

    private ResolvedScope? DecideScope(VmConfiguration configuration, string name, SystemdAccess access)
    {
        if (configuration.KeepUnit)
        {
            log.Decide(ScopeSubject, "none", "the VM stays in the unit that it is started in (-KeepUnit)");
            return null;
        }

        // Another on every start: the one before may still be on its way out.
        Span<byte> random = stackalloc byte[sizeof(ulong)];
        host.FillRandom(random);
        var unit = $"machine-{BinaryPrimitives.ReadUInt64LittleEndian(random)}-{UnitName.Escape(name)}.scope";
        log.Decide(ScopeSubject, unit, access.Reason);
        return new ResolvedScope(
            unit,
            configuration.Slice ?? SliceName.Machine,
            configuration.UnitProperties,
            IsRequired: configuration.Register is Tristate.Yes
                || configuration.ServiceManager is not null
                || configuration.Slice is not null
                || configuration.UnitProperties.Length > 0
        );
    }

    // machined with the path of its socket, or null. Refusals come first: they hold whatever the host has.
    private SystemdAccess? DecideMachine(VmConfiguration configuration, ServiceManager manager)
    {
        if (configuration.Register is Tristate.No)
        {
            return null;
        }

        var isDemanded = configuration.Register is Tristate.Yes;
        var obstacle = Obstacle(configuration, manager, isDemanded, out var machined);
        if (obstacle is null)
        {
            return machined;
        }

        if (isDemanded)
        {
            throw obstacle;
        }

        if (host.ProbeServiceManager(manager).Usable)
        {
            log.Decide(RegisterSubject, "off", Clause(obstacle));
        }

        return null;
    }

    private VmSpawnException? Obstacle(
        VmConfiguration configuration,
        ServiceManager manager,
        bool isDemanded,
        out SystemdAccess machined
    )
    {
        machined = host.ProbeMachined(manager);
        var isOfUser = !host.IsPrivileged && configuration.ServiceManager is not ServiceManager.System;
        if (isOfUser && !(isDemanded && machined.Usable))
        {
            return new HostRequirementException(
                "RegisterNeedsRoot",
                "root privileges",
                "Registering a VM (--register) needs root privileges.",
                "Run as root, or leave -Register out."
            );
        }

        if (!machined.Usable && (!isDemanded || host.ProbeServiceManager(manager).Usable))
        {
            return new HostRequirementException(
                "MachinedNotUsable",
                "systemd-machined",
                $"Registering a VM (--register) needs systemd-machined: {machined.Reason}.",
                machined.Hint
            );
        }

        return
            configuration.KeepUnit
            && manager is ServiceManager.System
            && host.ControlGroup is { IsOfUserSession: true } own
            ? new VmSpawnException(
                "KeepUnitInUserSession",
                VmErrorKind.ConflictingArguments,
                $"A VM that stays in the unit of a user's session ({own.Unit}) is not registered: ending it would end the session.",
                own.Unit,
                "Leave -KeepUnit or -Register out."
            )
            : null;
    }

    private static string Clause(VmSpawnException obstacle) =>
        $"{char.ToLowerInvariant(obstacle.Message[0])}{obstacle.Message[1..].TrimEnd('.')}";
}
