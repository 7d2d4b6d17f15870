using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Matting.Runtime.Tests.Api;

/// <summary>Types, parameters and values as C# writes them, with nullability.</summary>
internal static class ApiNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(char)] = "char",
        [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(short)] = "short", [typeof(ushort)] = "ushort", [typeof(int)] = "int",
        [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(nint)] = "nint", [typeof(nuint)] = "nuint",
        [typeof(float)] = "float", [typeof(double)] = "double", [typeof(decimal)] = "decimal",
    };

    /// <summary>A type without nullability of its own.</summary>
    public static string Of(Type type) => Of(type, null);

    /// <summary>A method's name with its type parameters.</summary>
    public static string Of(MethodInfo method) =>
        method.IsGenericMethod ? $"{method.Name}<{string.Join(", ", method.GetGenericArguments().Select(Of))}>" : method.Name;

    public static string Type(FieldInfo field) => Annotated(field.FieldType, field, field) ?? Of(field.FieldType, new NullabilityInfoContext().Create(field));

    public static string Type(PropertyInfo property)
    {
        NullabilityInfo info = new NullabilityInfoContext().Create(property);
        return ByReference(property.GetMethod?.ReturnParameter) + (Annotated(property.PropertyType, property, property) ?? Of(property.PropertyType, info));
    }

    public static string Result(MethodInfo method) =>
        ByReference(method.ReturnParameter) + (Annotated(method.ReturnType, method.ReturnParameter, method) ?? Of(method.ReturnType, new NullabilityInfoContext().Create(method.ReturnParameter)));

    public static string Parameters(MethodBase method)
    {
        string text = Parameters(method.GetParameters());
        return method.IsDefined(typeof(ExtensionAttribute)) ? $"(this {text[1..]}" : text;
    }

    public static string Parameters(ParameterInfo[] parameters) => $"({string.Join(", ", parameters.Select(Parameter))})";

    /// <summary>The constraints of type parameters that have some, each as <c> where T : ...</c>.</summary>
    public static string Constraints(Type[] parameters) => string.Concat(parameters.Where(parameter => parameter.IsGenericParameter).Select(Constraint));

    /// <summary>A constant as a default value is written.</summary>
    public static string Literal(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ when (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } kind => $"{kind.Name}.{Enum.GetName(kind, value) ?? value.ToString()}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Parameter(ParameterInfo parameter)
    {
        bool isParams = parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute));
        string type = Annotated(parameter.ParameterType, parameter, parameter.Member) ?? Of(parameter.ParameterType, new NullabilityInfoContext().Create(parameter));
        string fallback = parameter.HasDefaultValue ? $" = {Literal(parameter.RawDefaultValue, parameter.ParameterType)}" : "";
        return $"{(isParams ? "params " : "")}{ByReference(parameter)}{type} {parameter.Name}{fallback}";
    }

    private static string ByReference(ParameterInfo? parameter) => parameter switch
    {
        null or { ParameterType.IsByRef: false } => "",
        { IsOut: true } => "out ",
        { IsIn: true } => "in ",
        _ => parameter.GetRequiredCustomModifiers().Length > 0 || parameter.IsDefined(typeof(IsReadOnlyAttribute)) ? "ref readonly " : "ref ",
    };

    // an open type may stand for a nullable one and so counts as nullable to the framework: what the source says is in the attributes
    private static string? Annotated(Type type, ICustomAttributeProvider place, MemberInfo member)
    {
        const byte WithMark = 2;
        if (!type.IsGenericParameter)
            return null;
        byte? mark = place.GetCustomAttributes(typeof(NullableAttribute), false).Cast<NullableAttribute>().FirstOrDefault()?.NullableFlags[0];
        for (MemberInfo? around = member; mark is null && around is not null; around = around.DeclaringType)
            mark = around.GetCustomAttribute<NullableContextAttribute>(false)?.Flag;
        return mark == WithMark ? $"{type.Name}?" : type.Name;
    }

    private static string Of(Type type, NullabilityInfo? info)
    {
        if (type.IsByRef)
            return Of(type.GetElementType()!, info);
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Of(value) + "?";
        string mark = !type.IsValueType && info is ({ ReadState: NullabilityState.Nullable } or { WriteState: NullabilityState.Nullable }) ? "?" : "";
        if (type.IsArray)
            return $"{Of(type.GetElementType()!, info?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        if (type.IsPointer)
            return Of(type.GetElementType()!) + "*";
        if (type.IsGenericParameter)
            return type.Name;
        return (Keywords.TryGetValue(type, out string? keyword) ? keyword : Named(type, info)) + mark;
    }

    private static string Named(Type type, NullabilityInfo? info)
    {
        // of a nested generic type's arguments the first belong to the types around it
        Type[] arguments = type.GetGenericArguments();
        int outer = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        string name = type.Name.Split('`')[0];
        if (arguments.Length > outer)
            name += $"<{string.Join(", ", arguments.Skip(outer).Select((argument, i) => Of(argument, Argument(info, outer + i))))}>";
        return type.IsNested ? $"{Named(type.DeclaringType!, null)}.{name}" : name;
    }

    private static NullabilityInfo? Argument(NullabilityInfo? info, int index) =>
        info is not null && index < info.GenericTypeArguments.Length ? info.GenericTypeArguments[index] : null;

    private static string Constraint(Type parameter)
    {
        GenericParameterAttributes attributes = parameter.GenericParameterAttributes;
        bool isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        List<string> parts = [];
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            parts.Add("class");
        if (isStruct)
            parts.Add("struct");
        parts.AddRange(parameter.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(Of));
        if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct)
            parts.Add("new()");
        if (attributes.HasFlag(GenericParameterAttributes.AllowByRefLike))
            parts.Add("allows ref struct");
        return parts.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", parts)}";
    }
}
