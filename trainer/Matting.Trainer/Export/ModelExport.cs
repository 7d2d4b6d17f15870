using System.Globalization;
using Matting.Shared.Files;
using Matting.Shared.Imaging;
using Matting.Shared.Networks;
using Matting.Shared.Onnx;
using Matting.Shared.Onnx.Parity;
using Matting.Shared.Weights;
using Matting.Trainer.Torch;

namespace Matting.Trainer.Export;

/// <summary>What came out of an export.</summary>
/// <param name="Path">The file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Engine">The engine that Torch was compared with.</param>
/// <param name="Card">What the model says of itself, the comparison included.</param>
public sealed record ExportReport(string Path, long Bytes, string Engine, ModelCard Card);

/// <summary>Turns a checkpoint into an ONNX file that is known to compute the same.</summary>
public static class ModelExport
{
    /// <summary>Exports.</summary>
    /// <param name="source">The checkpoint.</param>
    /// <param name="height">Height of the model's input; null, with <paramref name="width"/>, for any.</param>
    /// <param name="width">Width of the model's input.</param>
    /// <param name="precision">What the model computes with.</param>
    /// <param name="path">The file; an existing one is replaced when all is well, and stays when not.</param>
    /// <param name="runner">Runs the model for the comparison with Torch.</param>
    /// <param name="cancellation">Stops the comparison; no file is put in place then.</param>
    /// <exception cref="ExportException">The outputs differ by more than the <see cref="ParityBound"/> of the precision; no file was put in place.</exception>
    /// <exception cref="WeightsFormatException">The checkpoint is damaged.</exception>
    /// <exception cref="StateMismatchException">The checkpoint belongs to another network.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ExportReport Run(
        ExportSource source, int? height, int? width, ModelPrecision precision, string path, IOnnxRunner runner, CancellationToken cancellation = default)
    {
        INetwork network = NetworkCatalogue.Create(source.Network);
        StateDict weights = StrictLoading.Conform(network, WeightsFile.Load(source.Checkpoint), source.Checkpoint);
        NormalisationProfile profile = NormalisationProfile.Get(source.Profile);
        ModelCard card = new()
        {
            Network = network.Name,
            Task = network.Task,
            Profile = profile,
            CheckpointSha256 = FileHash.Sha256(source.Checkpoint),
            Validation = source.Validation,
        };
        ModelProto model = OnnxExporter.Build(network, weights, new OnnxExportOptions { Height = height, Width = width, Precision = precision, Card = card });

        using ParameterStore parameters = new(network, weights);
        using IOnnxSession session = runner.Open(OnnxExporter.Serialise(model));
        ModelVerification verified = ParityCheck.Compare(new TorchNetwork(network, parameters), session, ParityInput.For(height, width, profile), cancellation);
        ParityBound bound = ParityBound.Of(precision);
        if (!bound.Allows(verified))
        {
            throw new ExportException(string.Create(CultureInfo.InvariantCulture,
                $"{path}: Torch and {session.Engine} differ by up to {verified.Maximum:0.00e+00} (mean {verified.Mean:0.00e+00}), allowed in {precision.Name()} is {bound}; no file was written"));
        }

        card = OnnxFile.Card(model)! with { Verified = verified };
        OnnxFile.SetCard(model, card);
        OnnxFile.Write(path, model);
        return new ExportReport(path, new FileInfo(path).Length, session.Engine, card);
    }
}
