package org.mxhooks.mendix;

import java.util.Optional;
import java.util.function.Function;

/**
 * What a value of the body was read as.
 *
 * @param value empty where the value is unusable
 * @param remark why it is unusable, or what was assumed about it: the end of a sentence about the value
 */
record Read<T>(Optional<T> value, Optional<String> remark) {

    static <T> Read<T> as(T value) {
        return new Read<>(Optional.of(value), Optional.empty());
    }

    static <T> Read<T> unusable(String remark) {
        return new Read<>(Optional.empty(), Optional.of(remark));
    }

    Read<T> remarking(String remark) {
        return new Read<>(value, Optional.of(remark));
    }

    <U> Read<U> map(Function<T, U> function) {
        return new Read<>(value.map(function), remark);
    }
}
