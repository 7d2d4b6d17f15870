using Matting.Shared.Weights;
using static Matting.Shared.Weights.WeightsFormatError;

namespace Matting.Shared.Tests.Weights;

public sealed class LegacyRefusalTests
{
    private static byte[] None => new PickleAssembler().Op("N").Stop();

    [Fact]
    public void A_file_put_together_by_hand_is_read() =>
        Assert.Equal([1f, 2], WeightsFile.Load(new LegacyAssembler().Build(), "a.pth")["w"].ToFloat32());

    [Fact]
    public void A_view_of_a_part_of_a_storage_is_read()
    {
        // versions before 0.4 saved slices as (key, first element, number of elements)
        byte[] value = new PickleAssembler().Op("}").Text("w").Global("torch._utils", "_rebuild_tensor").Op("((").Text("storage")
            .Global("torch", "FloatStorage").Text("a").Text("cpu").Int(4).Op("(").Text("v").Int(1).Int(2).Op("ttQ").Int(1).Longs(1).Longs(1).Op("tRs").Stop();
        byte[] file = new LegacyAssembler { Value = value, Storages = LegacyAssembler.Storage(4, 10, 11, 12, 13) }.Build();
        Assert.Equal([12f], WeightsFile.Load(file, "a.pth")["w"].ToFloat32());
    }

    [Fact]
    public void A_view_that_leaves_its_storage_is_refused()
    {
        byte[] value = new PickleAssembler().Op("(").Text("storage").Global("torch", "FloatStorage").Text("a").Text("cpu").Int(4)
            .Op("(").Text("v").Int(3).Int(2).Op("ttQ").Stop();
        Refused.Pth(BadPickle, new LegacyAssembler { Value = value }.Build(), "storage a is viewed");
    }

    [Fact]
    public void Storages_saved_from_a_graphics_card_are_read()
    {
        byte[] value = new PickleAssembler().Op("}").Text("w").Tensor("a", 2, 0, [2], [1], "cuda.FloatStorage", legacy: true).Op("s").Stop();
        Refused.Pth(Forbidden, new LegacyAssembler { Value = new PickleAssembler().Global("torch.cuda", "Stream").Stop() }.Build(), "torch.cuda.Stream");
        Assert.Equal([1f, 2], WeightsFile.Load(new LegacyAssembler { Value = value }.Build(), "a.pth")["w"].ToFloat32());
    }

    [Fact]
    public void Another_pickle_is_refused_as_such() =>
        Refused.Pth(UnknownFormat, new LegacyAssembler { Magic = None }.Build(), "not one that torch.save wrote");

    [Fact]
    public void Another_version_is_refused() =>
        Refused.Pth(BadContainer, new LegacyAssembler { Version = new PickleAssembler().Int(1000).Stop() }.Build(), "1001");

    [Fact]
    public void Missing_facts_about_the_machine_are_refused() =>
        Refused.Pth(BadContainer, new LegacyAssembler { Machine = None }.Build(), "machine");

    [Fact]
    public void Numbers_of_a_big_endian_machine_are_refused() =>
        Refused.Pth(
            BigEndian, new LegacyAssembler { Machine = new PickleAssembler().Op("}").Text("little_endian").Raw(0x89).Op("s").Stop() }.Build(), "big-endian");

    [Fact]
    public void A_list_of_storages_that_is_none_is_refused() =>
        Refused.Pth(BadContainer, new LegacyAssembler { Keys = None }.Build(), "list of storages");

    [Fact]
    public void A_storage_that_no_tensor_uses_is_refused() =>
        Refused.Pth(BadContainer, new LegacyAssembler { Keys = new PickleAssembler().Op("]").Text("b").Op("a").Stop() }.Build(), "no tensor uses");

    [Fact]
    public void A_tensor_whose_storage_is_not_listed_is_refused() =>
        Refused.Pth(BadTensor, new LegacyAssembler { Keys = new PickleAssembler().Op("]").Stop(), Storages = [] }.Build(), "storage a is not in the file", "'w'");

    [Fact]
    public void A_storage_listed_twice_is_refused()
    {
        byte[] storage = LegacyAssembler.Storage(2, 1, 2);
        byte[] keys = new PickleAssembler().Op("](").Text("a").Text("a").Op("e").Stop();
        Refused.Pth(BadContainer, new LegacyAssembler { Keys = keys, Storages = [.. storage, .. storage] }.Build(), "twice");
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(3)]
    public void A_storage_that_claims_more_than_the_file_has_is_refused(long count) =>
        Refused.Pth(Truncated, new LegacyAssembler { Storages = LegacyAssembler.Storage(count, 1, 2) }.Build(), "claims");

    [Fact]
    public void A_storage_of_negative_size_is_refused() =>
        Refused.Pth(BadContainer, new LegacyAssembler { Storages = LegacyAssembler.Storage(-1, 1, 2) }.Build(), "-1");

    [Fact]
    public void A_storage_of_another_size_than_the_pickle_says_is_refused() =>
        Refused.Pth(BadTensor, new LegacyAssembler { Storages = LegacyAssembler.Storage(1, 1) }.Build(), "2 elements, but has 1");

    [Fact]
    public void Bytes_after_the_last_storage_are_refused() =>
        Refused.Pth(BadContainer, new LegacyAssembler { Storages = LegacyAssembler.Storage(2, 1, 2, 3) }.Build(), "4 bytes follow");
}
