package org.mxhooks.access;

import static java.lang.System.Logger.Level.WARNING;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mxhooks.access.LoginThrottle.LoginSource;
import org.mxhooks.access.LoginThrottle.Name;
import org.mxhooks.access.SignInOutcome.Admitted;
import org.mxhooks.access.SignInOutcome.NoProvider;
import org.mxhooks.access.SignInOutcome.NotAccepted;
import org.mxhooks.access.SignInOutcome.Postponed;
import org.mxhooks.access.SignInOutcome.WithoutRole;
import org.mxhooks.oidc.OpenIdProvider;
import org.mxhooks.oidc.ProviderIdentity;
import org.mxhooks.oidc.ProviderUnavailable;
import org.mxhooks.oidc.Role;
import org.mxhooks.oidc.SignInRefused;
import org.mxhooks.settings.OidcSettings;
import org.mxhooks.settings.Settings;
import org.mxhooks.web.Caller;
import org.mxhooks.web.OncePerSecond;
import org.mxhooks.web.UntrustedText;

/**
 * Signs users in with the provider of {@code mxhooks.oidc.*}. Nothing is stored before the provider has named the user,
 * and the provider is asked only for a browser that began the sign-in here. Thread-safe.
 */
@ApplicationScoped
class ProviderSignIn {

    private static final System.Logger LOG = System.getLogger(ProviderSignIn.class.getName());
    private static final int MAX_DETAIL = 400;

    @Inject
    Settings settings;

    @Inject
    Sessions sessions;

    @Inject
    MeterRegistry meters;

    private final Clock clock = Clock.systemUTC();
    private final LoginThrottle throttle = new LoginThrottle(System::nanoTime);
    private final OncePerSecond failures = new OncePerSecond(System::nanoTime);
    private Optional<OpenIdProvider> provider;
    private Counter failed;
    private Counter throttled;

    @PostConstruct
    void open() {
        provider = settings.oidc().map(OpenIdProvider::of);
        failed = LoginAttempts.failed("provider", meters);
        throttled = LoginAttempts.throttled("provider", meters);
    }

    boolean isConfigured() {
        return provider.isPresent();
    }

    /**
     * A sign-in that has begun.
     *
     * @param sealed for the browser's cookie
     * @param provider where the browser is led
     */
    record Begun(String sealed, URI provider) {}

    /** Empty if the provider does not answer. */
    Optional<Begun> begin(ConsolePage page) {
        PendingSignIn pending = PendingSignIn.begin(page, clock);
        try {
            return Optional.of(
                    new Begun(pending.sealed(oidc()), provider.orElseThrow().authorization(pending.flow())));
        } catch (ProviderUnavailable e) {
            logUnavailable(e);
            return Optional.empty();
        }
    }

    /**
     * Ends what {@link #begin} began. If the process dies before the session is stored, the user signs in again.
     *
     * @param sealed from the browser's cookie
     * @param parameters that the provider led the browser back with
     * @param former session of that browser, which ends
     */
    SignInOutcome finish(
            Caller caller, Optional<String> sealed, Map<String, List<String>> parameters, Optional<SessionToken> former)
            throws SQLException {
        Optional<PendingSignIn> pending = sealed.flatMap(text -> PendingSignIn.unsealed(text, oidc(), clock))
                .filter(begun -> parameters
                        .getOrDefault("state", List.of())
                        .equals(List.of(begun.flow().state())));
        if (pending.isEmpty()) {
            return new NotAccepted(
                    "This sign-in was begun in another window or browser, or more than ten minutes ago. Sign in again.",
                    false);
        }
        LoginSource source = new LoginSource(caller.network(), caller.local());
        Name attempt = new Name(pending.get().flow().state(), false);
        Optional<Duration> wait = throttle.throttled(source, attempt);
        if (wait.isPresent()) {
            throttled.increment();
            return new Postponed(wait.get());
        }
        try {
            return admit(
                    pending.get(),
                    provider.orElseThrow().identity(parameters, pending.get().flow()),
                    former);
        } catch (SignInRefused e) {
            throttle.count(source, attempt, false);
            failed.increment();
            return refused(e.getMessage());
        } catch (ProviderUnavailable e) {
            throttle.count(source, attempt, false);
            logUnavailable(e);
            return new NoProvider(pending.get().page());
        }
    }

    private SignInOutcome admit(PendingSignIn pending, ProviderIdentity identity, Optional<SessionToken> former)
            throws SQLException {
        if (!sessions.use(pending)) {
            return refused("This sign-in has been used already.");
        }
        if (identity.role().isEmpty()) {
            failed.increment();
            return new WithoutRole(identity);
        }
        if (former.isPresent()) {
            sessions.end(former.get());
        }
        SessionToken session = sessions.begin(
                identity.user(), Optional.of(issuer()), identity.role().get() == Role.OPERATOR);
        return new Admitted(identity, session, pending.page());
    }

    private NotAccepted refused(String cause) {
        String shown = UntrustedText.cut(cause, MAX_DETAIL);
        failures.count()
                .ifPresent(count -> LOG.log(
                        WARNING,
                        "Sign-ins with {0} refused since the previous entry: {1}. Latest: {2}",
                        issuer(),
                        String.valueOf(count),
                        shown));
        return new NotAccepted(shown, true);
    }

    private void logUnavailable(ProviderUnavailable e) {
        failures.count()
                .ifPresent(count -> LOG.log(
                        WARNING,
                        "Provider {0} unavailable; users of the settings can sign in: {1}",
                        issuer(),
                        UntrustedText.cut(String.valueOf(e.getMessage()), MAX_DETAIL)));
    }

    /** Where the provider ends its own session; empty where it does not offer that. */
    Optional<URI> signOut(Optional<String> idToken) {
        return provider.flatMap(known -> known.signOut(idToken));
    }

    String issuer() {
        return oidc().issuer().toString();
    }

    String roleClaim() {
        return oidc().roleClaim();
    }

    private OidcSettings oidc() {
        return settings.oidc().orElseThrow();
    }
}
