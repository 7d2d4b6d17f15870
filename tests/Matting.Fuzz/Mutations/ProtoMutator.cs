using System.Collections;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Matting.Shared.Numerics;

namespace Matting.Fuzz.Mutations;

/// <summary>
/// Damage to the meaning of a protocol buffer whose encoding stays right: a field of any part is set, emptied, doubled,
/// or taken from another part of the same kind.
/// </summary>
internal static class ProtoMutator
{
    /// <summary>Changes a message in place.</summary>
    /// <param name="message">What is changed.</param>
    /// <param name="words">Texts that mean something, by the name of the field they belong to; the key "" stands for all others.</param>
    /// <param name="random">Decides.</param>
    public static void Mutate(IMessage message, IReadOnlyDictionary<string, string[]> words, SeededRandom random)
    {
        for (int i = 1 << random.Next(3); i > 0; i--)
        {
            List<IMessage> parts = [];
            Collect(message, parts);
            IMessage part = parts[random.Next(parts.Count)];
            FieldDescriptor[] fields = [.. part.Descriptor.Fields.InDeclarationOrder()];
            // mostly fields that are there: the others change the meaning seldom
            FieldDescriptor[] present = [.. fields.Where(field => IsPresent(part, field))];
            FieldDescriptor[] choice = present.Length > 0 && random.Chance(0.8) ? present : fields;
            Change(part, choice[random.Next(choice.Length)], parts, words, random);
        }
    }

    private static bool IsPresent(IMessage part, FieldDescriptor field) =>
        field.IsRepeated ? ((IList)field.Accessor.GetValue(part)).Count > 0 : field.Accessor.HasValue(part);

    private static void Collect(IMessage message, List<IMessage> parts)
    {
        parts.Add(message);
        foreach (FieldDescriptor field in message.Descriptor.Fields.InDeclarationOrder())
        {
            if (field.FieldType != FieldType.Message)
                continue;
            object? value = field.Accessor.GetValue(message);
            if (value is IList list)
            {
                foreach (IMessage item in list)
                    Collect(item, parts);
            }
            else if (value is IMessage inner)
            {
                Collect(inner, parts);
            }
        }
    }

    private static void Change(IMessage part, FieldDescriptor field, List<IMessage> parts, IReadOnlyDictionary<string, string[]> words, SeededRandom random)
    {
        if (!field.IsRepeated)
        {
            if (random.Chance(0.15))
                field.Accessor.Clear(part);
            else
                field.Accessor.SetValue(part, Value(field, field.Accessor.GetValue(part), parts, words, random));
            return;
        }
        IList list = (IList)field.Accessor.GetValue(part);
        int at = list.Count == 0 ? 0 : random.Next(list.Count);
        switch (random.Next(5))
        {
            case 0 when list.Count > 0:
                list.RemoveAt(at);
                break;
            case 1 when list.Count > 0:
                list.Insert(at, Copy(list[random.Next(list.Count)]!));
                break;
            case 2 when list.Count > 1:
                int second = random.Next(list.Count);
                (list[at], list[second]) = (Copy(list[second]!), Copy(list[at]!));
                break;
            default:
                object value = Value(field, list.Count > 0 ? list[at] : null, parts, words, random);
                if (list.Count > 0 && random.Chance(0.7))
                    list[at] = value;
                else
                    list.Insert(at, value);
                break;
        }
    }

    private static object Copy(object value) => value is IMessage message ? Clone(message) : value;

    private static IMessage Clone(IMessage message) => message.Descriptor.Parser.ParseFrom(message.ToByteString());

    private static object Value(FieldDescriptor field, object? present, List<IMessage> parts, IReadOnlyDictionary<string, string[]> words, SeededRandom random) => field.FieldType switch
    {
        FieldType.Int64 => InterestingNumbers.Near(random, present is long number ? number : 0),
        FieldType.UInt64 => unchecked((ulong)InterestingNumbers.Pick(random)),
        FieldType.Int32 => unchecked((int)InterestingNumbers.Near(random, present is int number ? number : 0)),
        FieldType.Enum => random.Next(18),
        FieldType.Float => Number(random),
        FieldType.Double => (double)Number(random),
        FieldType.String => Text(field, present as string ?? "", words, random),
        FieldType.Bytes => ByteString.CopyFrom(ByteMutator.Mutate(present is ByteString { Length: > 0 } bytes ? bytes.ToByteArray() : [0], default, random)),
        FieldType.Message => Message(field, parts, random),
        _ => throw new NotSupportedException($"{field.FullName} is a {field.FieldType}"),
    };

    private static float Number(SeededRandom random)
    {
        float[] known = [0f, -1f, 0.5f, 2f, 1e9f, float.MaxValue, float.Epsilon, float.NaN, float.PositiveInfinity, -0f];
        return known[random.Next(known.Length)];
    }

    private static string Text(FieldDescriptor field, string present, IReadOnlyDictionary<string, string[]> words, SeededRandom random)
    {
        string[] known = words.TryGetValue(field.FullName, out string[]? own) ? own : words[""];
        return random.Chance(0.9)
            ? known[random.Next(known.Length)]
            : Encoding.Latin1.GetString(ByteMutator.Mutate(Encoding.Latin1.GetBytes(present + "x"), default, random));
    }

    private static IMessage Message(FieldDescriptor field, List<IMessage> parts, SeededRandom random)
    {
        IMessage[] same = [.. parts.Where(part => part.Descriptor == field.MessageType)];
        return same.Length > 0 && random.Chance(0.9) ? Clone(same[random.Next(same.Length)]) : field.MessageType.Parser.ParseFrom(ByteString.Empty);
    }
}
