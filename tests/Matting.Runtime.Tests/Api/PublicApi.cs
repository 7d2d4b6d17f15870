using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Matting.Runtime.Tests.Api;

/// <summary>The public and protected members of an assembly as text: one line a type, one line a member below it, in the order of the alphabet.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <param name="assembly">The assembly.</param>
    /// <param name="isGenerated">Tells what is left out: what a generator wrote is approved with its input.</param>
    public static string Of(Assembly assembly, Func<Type, bool>? isGenerated = null)
    {
        StringBuilder text = new();
        foreach (Type type in assembly.GetExportedTypes().Where(type => isGenerated?.Invoke(type) != true).OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(type.Namespace).Append(": ").Append(TypeLine(type)).Append('\n');
            foreach (string member in Members(type))
                text.Append("    ").Append(member).Append('\n');
        }
        return text.ToString();
    }

    private static string TypeLine(Type type)
    {
        MethodInfo? invoke = IsDelegate(type) ? type.GetMethod("Invoke") : null;
        if (invoke is not null)
            return $"delegate {ApiNames.Result(invoke)} {ApiNames.Of(type)}{ApiNames.Parameters(invoke)}";
        string[] bases = [.. Bases(type).Select(ApiNames.Of)];
        string list = bases.Length == 0 ? "" : $" : {string.Join(", ", bases)}";
        return $"{Modifiers(type)}{Kind(type)} {ApiNames.Of(type)}{list}{ApiNames.Constraints(type.GetGenericArguments())}";
    }

    private static string Modifiers(Type type) => type switch
    {
        { IsInterface: true } or { IsEnum: true } => "",
        { IsValueType: true } => (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "") + (type.IsByRefLike ? "ref " : ""),
        { IsAbstract: true, IsSealed: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsSealed: true } => "sealed ",
        _ => "",
    };

    private static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => type.GetMethod("PrintMembers", Declared) is null ? "struct" : "record struct",
        _ => type.GetMethod("<Clone>$", Declared) is null ? "class" : "record",
    };

    private static IEnumerable<Type> Bases(Type type)
    {
        if (type.IsEnum)
            return type.GetEnumUnderlyingType() == typeof(int) ? [] : [type.GetEnumUnderlyingType()];
        IEnumerable<Type> inherited = type.BaseType?.GetInterfaces() ?? [];
        // a record's IEquatable of itself is part of being a record
        IEnumerable<Type> interfaces = type.GetInterfaces().Except(inherited).Where(face => face.IsVisible && face != Equatable(type))
            .OrderBy(face => face.FullName, StringComparer.Ordinal);
        return type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? interfaces.Prepend(parent) : interfaces;
    }

    private static Type? Equatable(Type type) => type.IsByRefLike ? null : typeof(IEquatable<>).MakeGenericType(type);

    private static IEnumerable<string> Members(Type type)
    {
        if (IsDelegate(type))
            return [];
        if (type.IsEnum)
            return type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), null)}");
        return
        [
            .. Sorted(type.GetConstructors(Declared).Where(IsVisible), constructor => $"{Access(constructor)}{type.Name.Split('`')[0]}{ApiNames.Parameters(constructor)}"),
            .. Sorted(type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily), Field),
            .. Sorted(type.GetProperties(Declared).Where(property => property.GetAccessors(true).Any(IsVisible) && !IsGenerated(property)), Property),
            .. Sorted(type.GetEvents(Declared).Where(e => IsVisible(e.AddMethod!)), e => $"event {ApiNames.Of(e.EventHandlerType!)} {e.Name}"),
            .. Sorted(type.GetMethods(Declared).Where(method => IsVisible(method) && !IsAccessor(method) && !IsGenerated(method)), Method),
        ];

        static IEnumerable<string> Sorted<T>(IEnumerable<T> members, Func<T, string> line) => members.Select(line).Order(StringComparer.Ordinal);
    }

    private static string Field(FieldInfo field)
    {
        string modifiers = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        return $"{modifiers}{ApiNames.Type(field)} {field.Name}{(field.IsLiteral ? $" = {ApiNames.Literal(field.GetRawConstantValue(), field.FieldType)}" : "")}";
    }

    private static string Property(PropertyInfo property)
    {
        MethodInfo any = property.GetAccessors(true).First(IsVisible);
        bool init = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        string accessors = (Has(property.GetMethod) ? "get; " : "") + (Has(property.SetMethod) ? init ? "init; " : "set; " : "");
        string name = property.GetIndexParameters().Length == 0 ? property.Name : $"this{ApiNames.Parameters(property.GetIndexParameters()).Replace('(', '[').Replace(')', ']')}";
        return $"{Access(any)}{(property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "")}{ApiNames.Type(property)} {name} {{ {accessors}}}";

        static bool Has(MethodInfo? accessor) => accessor is not null && IsVisible(accessor);
    }

    private static string Method(MethodInfo method) =>
        $"{Access(method)}{ApiNames.Result(method)} {ApiNames.Of(method)}{ApiNames.Parameters(method)}{ApiNames.Constraints(method.GetGenericArguments())}";

    private static string Access(MethodBase method)
    {
        string access = method.IsPublic ? "" : "protected ";
        if (method.IsStatic)
            return access + (method.IsAbstract ? "static abstract " : "static ");
        if (method.DeclaringType!.IsInterface || method is not MethodInfo { IsVirtual: true, IsFinal: false } info)
            return access;
        return access + (info.GetBaseDefinition() != info ? "override " : info.IsAbstract ? "abstract " : method.DeclaringType.IsSealed ? "" : "virtual ");
    }

    private static bool IsDelegate(Type type) => type.IsSubclassOf(typeof(Delegate));

    private static bool IsVisible(MethodBase method) => method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed);

    // operators have a special name too, but no property or event behind them
    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    // what every record has
    private static bool IsGenerated(MemberInfo member) => member.IsDefined(typeof(CompilerGeneratedAttribute)) || member.Name == "EqualityContract";
}
