package org.mxhooks.observer;

import jakarta.ejb.Local;
import jakarta.ejb.LocalBean;
import jakarta.ejb.Remote;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateful;
import jakarta.ejb.Stateless;
import java.io.Externalizable;
import java.io.Serializable;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * An enterprise bean with its local client view (Jakarta Enterprise Beans 4.0 section 4.9.7). A deployment descriptor
 * is not read.
 */
record SessionBean(Class<?> type) {

    private static final List<Class<? extends Annotation>> KINDS =
            List.of(Stateless.class, Stateful.class, Singleton.class);

    static boolean is(Class<?> type) {
        return KINDS.stream().anyMatch(type::isAnnotationPresent);
    }

    /** Whether CDI may call a method as an observer: one that clients see, or a static one. */
    boolean mayObserve(Method method) {
        return Modifier.isStatic(method.getModifiers())
                || Modifier.isPublic(method.getModifiers()) && isInLocalView(method);
    }

    private boolean isInLocalView(Method method) {
        List<Class<?>> views = localInterfaces().toList();
        return views.isEmpty()
                ? !type.isAnnotationPresent(Remote.class) || hasNoInterfaceView()
                : hasNoInterfaceView() || views.stream().anyMatch(view -> declares(view, method));
    }

    private boolean hasNoInterfaceView() {
        return type.isAnnotationPresent(LocalBean.class);
    }

    private Stream<Class<?>> localInterfaces() {
        Local local = type.getAnnotation(Local.class);
        if (local != null && local.value().length > 0) {
            return Stream.of(local.value());
        }
        return local == null && type.isAnnotationPresent(Remote.class)
                ? Stream.empty()
                : Arrays.stream(type.getInterfaces()).filter(SessionBean::isBusinessInterface);
    }

    private static boolean isBusinessInterface(Class<?> type) {
        return type != Serializable.class
                && type != Externalizable.class
                && !type.getPackageName().equals("jakarta.ejb")
                && !type.isAnnotationPresent(Remote.class);
    }

    private static boolean declares(Class<?> view, Method method) {
        return Arrays.stream(view.getMethods())
                .anyMatch(declared -> declared.getName().equals(method.getName())
                        && Arrays.equals(declared.getParameterTypes(), method.getParameterTypes()));
    }
}
