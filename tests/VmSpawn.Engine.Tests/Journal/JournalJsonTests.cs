using System.Text;
using System.Text.Json;
using CsCheck;
using VmSpawn.Engine.Journal;
using Xunit;

namespace VmSpawn.Engine.Tests.Journal;

/// <summary>Entries as <c>journalctl --output=json</c> writes them.</summary>
public sealed class JournalJsonTests
{
    [Fact]
    public void An_entry_has_its_time_and_its_fields()
    {
        var entry = Parse(
            """{"__CURSOR":"s=1;i=2","__REALTIME_TIMESTAMP":"1700000000000123","PRIORITY":"6","MESSAGE":"grüße","_PID":"812"}"""
        );

        Assert.Equal("s=1;i=2", entry.Cursor);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1700000000).AddMicroseconds(123), entry.Time);
        Assert.Equal("grüße", entry.Text("MESSAGE"));
        Assert.Equal("812", entry.Fields["_PID"]);
        Assert.Null(entry.Text("UNIT"));
    }

    [Fact]
    public void A_value_that_is_no_text_is_bytes_and_can_be_read_as_text_all_the_same()
    {
        var entry = Parse(Line("\"MESSAGE\":[97,10,255,0,98]"));

        Assert.Equal<byte>([97, 10, 255, 0, 98], Assert.IsType<byte[]>(entry.Fields["MESSAGE"]));
        Assert.Equal("a\n\uFFFD\0b", entry.Text("MESSAGE"));
    }

    [Fact]
    public void A_field_that_is_there_several_times_is_an_array()
    {
        var values = Assert.IsType<object[]>(Parse(Line("\"F\":[\"a\",[1,2],\"b\"]")).Fields["F"]);

        Assert.Equal("a", values[0]);
        Assert.Equal<byte>([1, 2], Assert.IsType<byte[]>(values[1]));
        Assert.Equal("b", values[2]);
    }

    [Fact]
    public void A_field_that_was_left_out_is_not_there() =>
        Assert.DoesNotContain("F", Parse(Line("\"F\":null")).Fields.Keys);

    [Theory]
    [InlineData("")]
    [InlineData("-- No entries --")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"__CURSOR":"a"}""")]
    [InlineData("""{"__REALTIME_TIMESTAMP":"1"}""")]
    [InlineData("""{"__CURSOR":"a","__REALTIME_TIMESTAMP":"-1"}""")]
    [InlineData("""{"__CURSOR":"a","__REALTIME_TIMESTAMP":"99999999999999999999"}""")]
    [InlineData("""{"__CURSOR":"a","__REALTIME_TIMESTAMP":"9223372036854775807"}""")]
    [InlineData("""{"__CURSOR":"a","__REALTIME_TIMESTAMP":"1","F":[256]}""")]
    [InlineData("""{"__CURSOR":"a","__REALTIME_TIMESTAMP":"1","F":[1,"a"]}""")]
    [InlineData("""{"__CURSOR":"a","__REALTIME_TIMESTAMP":"1","F":{"a":"b"}}""")]
    [InlineData("""{"__CURSOR":"a","__REALTIME_TIMESTAMP":"1","F":[[[["deep"]]]]}""")]
    [InlineData("""{"__CURSOR":"a","__REALTIME_TIMESTAMP":"1"}{}""")]
    [InlineData("""{"__CURSOR":"a","__REALTIME_TIMESTAMP":"1" """)]
    public void What_is_no_entry_has_a_reason(string line)
    {
        Assert.False(JournalJson.TryParse(Encoding.UTF8.GetBytes(line), out _, out var problem));
        Assert.NotEqual("", problem);
    }

    [Fact]
    public void Every_text_comes_back() =>
        Gen.Dictionary(Gen.String[Gen.Char['A', 'Z'], 1, 9], Gen.String)[0, 8]
            .Sample(fields =>
            {
                var line = JsonSerializer.SerializeToUtf8Bytes(
                    new Dictionary<string, string>(fields) { ["__CURSOR"] = "c", ["__REALTIME_TIMESTAMP"] = "5" }
                );
                Assert.True(JournalJson.TryParse(line, out var entry, out _));
                Assert.All(
                    fields,
                    // A half of a surrogate pair is no text and is replaced when it is written.
                    field =>
                        Assert.Equal(
                            Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(field.Value)),
                            entry.Text(field.Key)
                        )
                );
            });

    [Fact]
    public void No_line_makes_it_fail() =>
        Gen
            .Byte.Array[0, 200]
            .Sample(bytes =>
            {
                _ = JournalJson.TryParse(bytes, out _, out _);
            });

    [Fact]
    public void No_change_of_a_good_line_makes_it_fail()
    {
        var good = Encoding.UTF8.GetBytes(Line("\"F\":[\"a\",[1,2]],\"G\":null,\"H\":[1,2]"));
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte)
            .Sample(
                (at, value) =>
                {
                    var line = (byte[])good.Clone();
                    line[at] = value;
                    _ = JournalJson.TryParse(line, out _, out _);
                }
            );
    }

    private static string Line(string fields) => $$"""{"__CURSOR":"a","__REALTIME_TIMESTAMP":"1",{{fields}}}""";

    private static JournalEntry Parse(string line)
    {
        Assert.True(JournalJson.TryParse(Encoding.UTF8.GetBytes(line), out var entry, out var problem), problem);
        return entry;
    }
}
