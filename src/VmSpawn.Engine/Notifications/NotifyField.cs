namespace VmSpawn.Engine.Notifications;

/// <summary>One assignment of a notification (sd_notify(3)).</summary>
/// <param name="Key">Its name.</param>
/// <param name="Value">Its value, as it came: control characters are still in it.</param>
internal readonly record struct NotifyField(string Key, string Value);
