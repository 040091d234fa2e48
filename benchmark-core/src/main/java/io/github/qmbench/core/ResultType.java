package io.github.qmbench.core;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Results as records: a record becomes JSON values by the names of its components, and is made of them again. Components are
 * primitives and their boxes, {@code String}, enums, arrays, lists, and records of these. Safe for use by many threads.
 */
final class ResultType {

    private static final String SUPPORTED = "use a primitive, a String, an enum, an array, a List or a record of these";
    private static final List<Class<?>> PLAIN = List.of(
            String.class, Boolean.class, Byte.class, Short.class, Integer.class, Long.class, Float.class, Double.class);

    /** Looked at once for each class, since reflection takes long. */
    private static final ClassValue<ResultType> TYPES = new ClassValue<>() {
        @Override
        protected ResultType computeValue(Class<?> type) {
            return new ResultType(type);
        }
    };

    private final Class<?> type;
    private final RecordComponent[] components;
    private final Constructor<?> constructor;

    private ResultType(Class<?> type) {
        this.type = type;
        this.components = type.getRecordComponents();
        check(type, "", new LinkedHashSet<>());
        try {
            constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every record has a canonical constructor", e);
        }
        constructor.setAccessible(true);
        for (RecordComponent component : components) {
            component.getAccessor().setAccessible(true);
        }
    }

    /**
     * Returns the type of a record class.
     *
     * @throws IllegalArgumentException naming the component that has no JSON form, or the package that must be opened
     */
    static ResultType of(Class<? extends Record> type) {
        return ofAny(type);
    }

    private static ResultType ofAny(Class<?> type) {
        return TYPES.get(type);
    }

    private static void check(Class<?> record, String path, Set<Class<?>> seen) {
        if (!seen.add(record)) {
            return;
        }
        if (!record.getDeclaredConstructors()[0].trySetAccessible()) {
            throw new IllegalArgumentException("results of type " + record.getName() + " cannot be read: module '"
                    + record.getModule().getName() + "' must say 'opens " + record.getPackageName()
                    + " to io.github.qmbench.core;'");
        }
        for (RecordComponent component : record.getRecordComponents()) {
            check(record, component.getGenericType(), path + component.getName(), seen);
        }
    }

    private static void check(Class<?> record, Type type, String path, Set<Class<?>> seen) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            check(record, list.getActualTypeArguments()[0], path, seen);
        } else if (type instanceof Class<?> array && array.isArray()) {
            check(record, array.getComponentType(), path, seen);
        } else if (type instanceof Class<?> nested && nested.isRecord()) {
            check(nested, path + ".", seen);
        } else if (!(type instanceof Class<?> plain) || !isPlain(plain)) {
            throw new IllegalArgumentException("component '" + path + "' of " + record.getName() + " has type "
                    + type.getTypeName() + ", which results cannot have; " + SUPPORTED);
        }
    }

    private static boolean isPlain(Class<?> type) {
        return (type.isPrimitive() && type != char.class) || PLAIN.contains(type) || type.isEnum();
    }

    /** Returns the JSON values of a record of this type. */
    Map<String, @Nullable Object> write(Record record) {
        return values(record);
    }

    private Map<String, @Nullable Object> values(Object record) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (RecordComponent component : components) {
            values.put(component.getName(), toJson(invoke(component.getAccessor(), record)));
        }
        return values;
    }

    private static @Nullable Object invoke(Method accessor, Object record) {
        try {
            return accessor.invoke(record);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    accessor.getName() + "() of " + record.getClass().getName() + " threw", e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("it was made accessible", e);
        }
    }

    private static @Nullable Object toJson(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value.getClass().isArray()) {
            List<@Nullable Object> list = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                list.add(toJson(Array.get(value, i)));
            }
            return list;
        }
        if (value instanceof List<?> elements) {
            return elements.stream().map(ResultType::toJson).collect(Collectors.toCollection(ArrayList::new));
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        return value instanceof Record record ? ofAny(record.getClass()).values(record) : value;
    }

    /**
     * Returns the record of JSON values; values without a component are passed over.
     *
     * @throws IllegalArgumentException naming the component that has no value, or one of another type
     */
    Object read(Map<String, ?> values) {
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            arguments[i] = fromJson(values.get(component.getName()), component.getGenericType(), component.getName());
        }
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    "results " + values + " are refused by " + type.getName() + ": " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("it was made accessible", e);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the class is known to be an enum only at run time
    private @Nullable Object fromJson(@Nullable Object value, Type wanted, String name) {
        if (value == null) {
            if (wanted instanceof Class<?> primitive && primitive.isPrimitive()) {
                throw wrong(name, wanted, value);
            }
            return null;
        }
        if (wanted instanceof ParameterizedType list) {
            return Arrays.asList(elements(value, list.getActualTypeArguments()[0], name));
        }
        Class<?> target = (Class<?>) wanted;
        if (target.isArray()) {
            Object[] elements = elements(value, target.getComponentType(), name);
            Object array = Array.newInstance(target.getComponentType(), elements.length);
            for (int i = 0; i < elements.length; i++) {
                Array.set(array, i, elements[i]);
            }
            return array;
        }
        try {
            if (target.isRecord()) {
                return ofAny(target).read((Map<String, ?>) value);
            }
            if (target.isEnum()) {
                return Enum.valueOf((Class<? extends Enum>) target, (String) value);
            }
            if (value instanceof Number number) {
                return number(number, target);
            }
            return target == boolean.class ? (Boolean) value : target.cast(value);
        } catch (ClassCastException | ArithmeticException e) {
            throw wrong(name, wanted, value);
        }
    }

    private Object[] elements(Object value, Type wanted, String name) {
        if (!(value instanceof List<?> list)) {
            throw wrong(name, wanted, value);
        }
        Object[] elements = new Object[list.size()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = fromJson(list.get(i), wanted, name + "[" + i + "]");
        }
        return elements;
    }

    private static Object number(Number value, Class<?> target) {
        if (target == double.class || target == Double.class) {
            return value.doubleValue();
        }
        if (target == float.class || target == Float.class) {
            return value.floatValue();
        }
        long whole = (Long) value; // a fraction is no whole number
        if (target == long.class || target == Long.class) {
            return whole;
        }
        int smaller = Math.toIntExact(whole);
        if (target == int.class || target == Integer.class) {
            return smaller;
        }
        if ((target == short.class || target == Short.class) && smaller == (short) smaller) {
            return (short) smaller;
        }
        if ((target == byte.class || target == Byte.class) && smaller == (byte) smaller) {
            return (byte) smaller;
        }
        throw new ClassCastException(target.getName());
    }

    private IllegalArgumentException wrong(String name, Type wanted, @Nullable Object value) {
        return new IllegalArgumentException("component '" + name + "' of " + type.getName() + " is a "
                + wanted.getTypeName() + ", but the result is " + value);
    }
}
