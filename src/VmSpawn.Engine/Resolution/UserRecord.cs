using System.Collections.Immutable;
using System.Text.Json;
using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Resolution;

/// <summary>User and group of a bound user as the credentials that systemd's user database takes (nss-systemd(8), <c>userdb.transient.*</c>).</summary>
internal static class UserRecord
{
    // Who the record says it comes from; the guest treats records of this origin as those of a mapped user.
    private const string Service = "io.systemd.NSpawn";

    /// <summary>The two credentials.</summary>
    public static IEnumerable<ResolvedCredential> Credentials(ResolvedUser user, ImmutableArray<UserName> groups)
    {
        yield return new ResolvedCredential(
            $"userdb.transient.user.{user.Name}",
            Write(json =>
            {
                json.WriteString("userName", user.Name);
                json.WriteNumber("uid", user.GuestUid);
                json.WriteNumber("gid", user.GuestUid);
                json.WriteString("homeDirectory", user.GuestHome);
                json.WriteString("service", Service);
                if (user.Shell is not null)
                {
                    json.WriteString("shell", user.Shell);
                }

                json.WriteStartArray("memberOf");
                foreach (var group in groups)
                {
                    json.WriteStringValue(group.Value);
                }

                json.WriteEndArray();
                json.WriteStartObject("privileged");
                json.WriteEndObject();
            })
        );
        yield return new ResolvedCredential(
            $"userdb.transient.group.{user.Name}",
            Write(json =>
            {
                json.WriteString("groupName", user.Name);
                json.WriteNumber("gid", user.GuestUid);
                json.WriteString("service", Service);
            })
        );
    }

    private static ImmutableArray<byte> Write(Action<Utf8JsonWriter> fields)
    {
        using var content = new MemoryStream();
        using (var json = new Utf8JsonWriter(content))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        return [.. content.ToArray()];
    }
}
