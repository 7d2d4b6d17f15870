"""Writes the small weights files beside this script.

Usage: python3 make_fixtures.py        (needs torch)

Made with torch 1.13.0 (Debian 12). The safetensors file is laid out by hand as the format's own library
does it: widest element types first, then by name; header padded with spaces to a multiple of eight. The numbers are counted up, so that the tests know
them without another file; running this again gives files with the same content.
"""
import collections
import json
import os
import struct

import torch

HERE = os.path.dirname(os.path.abspath(__file__))


def counted(*shape, dtype=torch.float32, start=0):
    count = 1
    for size in shape:
        count *= size
    return torch.arange(start, start + count, dtype=torch.float32).reshape(shape).to(dtype)


def tensors():
    whole = counted(3, 4)
    state = collections.OrderedDict()
    state["whole"] = whole
    state["row"] = whole[1]                      # shares whole's storage, offset 4
    state["column"] = whole[:, 2]                # stride 4
    state["transposed"] = whole.t()
    state["expanded"] = counted(2, start=7).expand(3, 2)
    state["scalar"] = torch.tensor(2.5)
    state["empty"] = torch.zeros(0, 3)
    for dtype in (torch.float64, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8):
        state[str(dtype).removeprefix("torch.")] = counted(2, 3, dtype=dtype)
    state["bool"] = torch.tensor([[True, False], [False, True]])
    return state


def checkpoint():
    model = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 1), torch.nn.BatchNorm2d(2))
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(counted(*parameter.shape, start=1))
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.25, betas=(0.5, 0.75))
    for parameter in model.parameters():
        parameter.grad = torch.ones_like(parameter)
    optimizer.step()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(counted(*parameter.shape, start=1))
    return {
        "model_state": model.state_dict(),       # carries _metadata
        "optimizer": optimizer.state_dict(),
        "epoch": 3,
        "seed": 2**63 + 5,                       # beyond a signed 64-bit number
        "negative": -70000,
        "best": 0.125,
        "note": "é\n",
        "size": torch.Size([2, 3]),
        "raw": b"\x00\xff",
        "nothing": None,
        "flags": [True, False],
        "deep": {"a": [(), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)]},
    }


def save_safetensors(state, path, metadata):
    names = {
        torch.bool: "BOOL", torch.uint8: "U8", torch.int8: "I8", torch.int16: "I16", torch.float16: "F16",
        torch.bfloat16: "BF16", torch.int32: "I32", torch.float32: "F32", torch.float64: "F64", torch.int64: "I64",
    }
    rank = {name: place for place, name in enumerate(names.values())}
    header, data = {"__metadata__": metadata}, b""
    for name, tensor in sorted(state.items(), key=lambda item: (-rank[names[item[1].dtype]], item[0])):
        raw = bytes(tensor.contiguous().clone().storage().untyped())
        header[name] = {"dtype": names[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def main():
    state = tensors()
    torch.save(state, os.path.join(HERE, "tensors_zip.pth"))
    torch.save(state, os.path.join(HERE, "tensors_legacy.pth"), _use_new_zipfile_serialization=False)
    torch.save(checkpoint(), os.path.join(HERE, "checkpoint_zip.pth"))
    torch.save(checkpoint(), os.path.join(HERE, "checkpoint_legacy.pth"), _use_new_zipfile_serialization=False)
    torch.save(checkpoint(), os.path.join(HERE, "checkpoint_protocol4.pth"), pickle_protocol=4)
    torch.save(checkpoint(), os.path.join(HERE, "checkpoint_protocol5_legacy.pth"), pickle_protocol=5, _use_new_zipfile_serialization=False)
    parameters = collections.OrderedDict(weight=torch.nn.Parameter(counted(2, 2)), bias=torch.nn.Parameter(counted(2)))
    torch.save({"state_dict": parameters}, os.path.join(HERE, "parameters.pth"))
    save_safetensors(state, os.path.join(HERE, "tensors.safetensors"), {"made": "by hand, é"})


if __name__ == "__main__":
    main()
