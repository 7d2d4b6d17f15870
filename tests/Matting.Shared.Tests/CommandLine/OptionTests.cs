using System.CommandLine;
using Matting.CommandLine;
using Matting.CommandLine.Options;

namespace Matting.Shared.Tests.CommandLine;

public sealed class OptionTests
{
    [Theory]
    [InlineData("1024", 1024, 1024)]
    [InlineData("512x768", 512, 768)]
    [InlineData("1X65535", 1, 65535)]
    public void A_size_is_a_number_or_height_x_width(string text, int height, int width)
    {
        Assert.True(PictureSize.TryParse(text, out PictureSize size));
        Assert.Equal(new PictureSize(height, width), size);
        Assert.True(PictureSize.TryParse(size.ToString(), out PictureSize again));
        Assert.Equal(size, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("65536")]
    [InlineData("99999999999")]
    [InlineData("512x")]
    [InlineData("x512")]
    [InlineData("1x2x3")]
    [InlineData("512 x 768")]
    [InlineData("5.0")]
    [InlineData("１２")]
    public void Anything_else_is_no_size(string? text)
    {
        Assert.False(PictureSize.TryParse(text, out _));
    }

    [Theory]
    [InlineData("cpu", "cpu")]
    [InlineData("cuda", "cuda:0")]
    [InlineData("cuda:3", "cuda:3")]
    public void A_device_is_read_into_one_spelling(string text, string device)
    {
        Assert.Equal(device, Value(CommonOptions.Device(), "--device", text));
    }

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:64")]
    [InlineData("CPU")]
    public void An_unknown_device_is_a_usage_error(string text)
    {
        AssertRefused(CommonOptions.Device(), "expected cpu, cuda or cuda:N", "--device", text);
    }

    [Fact]
    public void Defaults_hold_when_an_option_is_absent()
    {
        Assert.Equal("cpu", Value(CommonOptions.Device()));
        Assert.Null(Value(CommonOptions.Threads()));
        Assert.Null(Value(CommonOptions.Size("S")));
        Assert.Equal(new PictureSize(256, 256), Value(CommonOptions.Size("S", new PictureSize(256, 256))));
        Assert.Equal(64, Value(CommonOptions.Whole("--count", "C", 1, 100, 64)));
        Assert.Equal(0.2, Value(CommonOptions.Number("--val", "V", 0, 1, 0.2)));
        Assert.Equal(1, Value(CommonOptions.Seed(1)));
    }

    [Fact]
    public void Numbers_are_read_with_a_point_and_within_their_range()
    {
        Assert.Equal(7, Value(CommonOptions.Whole("--count", "C", 1, 100, 64), "--count", "7"));
        Assert.Equal(0.25, Value(CommonOptions.Number("--val", "V", 0, 1, 0.2), "--val", "0.25"));
        Assert.Equal(-3, Value(CommonOptions.Seed(1), "--seed", "-3"));
        Assert.Equal(4, Value(CommonOptions.Threads(), "--threads", "4"));
        AssertRefused(CommonOptions.Whole("--count", "C", 1, 100, 64), "from 1 to 100", "--count", "0");
        AssertRefused(CommonOptions.Whole("--count", "C", 1, 100, 64), "from 1 to 100", "--count", "1e2");
        AssertRefused(CommonOptions.Number("--val", "V", 0, 1, 0.2), "from 0 to 1", "--val", "0,5");
        AssertRefused(CommonOptions.Number("--val", "V", 0, 1, 0.2), "from 0 to 1", "--val", "NaN");
        AssertRefused(CommonOptions.Seed(1), "whole number", "--seed", "x");
        AssertRefused(CommonOptions.Threads(), "from 1 to 1024", "--threads", "0");
    }

    [Fact]
    public void A_choice_takes_its_words_only_and_says_which()
    {
        Assert.Equal("none", Value(CommonOptions.Choice("--tta", "T", "none", "flip", "none")));
        Assert.Equal("flip", Value(CommonOptions.Choice("--tta", "T", "none", "flip", "none"), "--tta", "flip"));
        Assert.Null(Value(CommonOptions.Choice("--tta", "T", null, "flip", "none")));
        AssertRefused(CommonOptions.Choice("--tta", "T", "none", "flip", "none"), "expected flip or none", "--tta", "Flip");
    }

    [Fact]
    public void A_list_keeps_each_value_once_in_the_order_given()
    {
        Assert.Equal([4, 1, 2], Value(ListOption.OfWhole("--batch", "B", 1, 8), "--batch", "4,1,4,2")!);
        Assert.Equal(["cpu", "gpu"], Value(ListOption.OfText("--device", "D", "D,...", "a device", text => text), "--device", "cpu,gpu,cpu")!);
        Assert.Null(Value(ListOption.OfWhole("--batch", "B", 1, 8)));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("9")]
    [InlineData("1,")]
    [InlineData(",")]
    [InlineData("1;2")]
    [InlineData("1, 2")]
    [InlineData("1,-2")]
    public void A_list_with_one_wrong_value_is_refused_as_a_whole(string text) =>
        AssertRefused(ListOption.OfWhole("--batch", "B", 1, 8), "expected whole numbers from 1 to 8, separated by commas", "--batch", text);

    private static T? Value<T>(Option<T> option, params string[] args)
    {
        T? seen = default;
        CommandRun run = CommandRun.Of(CommandRun.Root((parsed, _) => { seen = parsed.GetValue(option); return 0; }, option), ["work", .. args]);
        Assert.Equal("", run.Error);
        return seen;
    }

    private static void AssertRefused(Option option, string said, params string[] args)
    {
        CommandRun run = CommandRun.Of(CommandRun.Root((_, _) => 0, option), ["work", .. args]);
        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Contains(args[1], run.Error, StringComparison.Ordinal);
    }
}
