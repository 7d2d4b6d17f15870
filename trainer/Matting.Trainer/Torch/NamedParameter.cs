using TorchSharp;

namespace Matting.Trainer.Torch;

/// <summary>A tensor that training changes, under PyTorch's name.</summary>
/// <param name="Name">For instance <c>stage1.rebnconvin.conv_s1.weight</c>.</param>
/// <param name="Value">A leaf that collects gradients.</param>
public sealed record NamedParameter(string Name, torch.Tensor Value);
