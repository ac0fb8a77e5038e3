package org.mxhooks.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.util.Set;
import org.mxhooks.settings.Settings;

/** The form to sign in with. */
@Named
@RequestScoped
public class SignInPage {

    private static final Set<String> FAILURES = Set.of("wrong", "throttled", "expired", "provider");

    @Inject
    HttpServletRequest request;

    @Inject
    Settings settings;

    /** Why the last attempt failed, as a key of the texts; or empty. */
    public String getFailure() {
        return new PageQuery(request)
                .text("failed")
                .filter(FAILURES::contains)
                .map(failure -> "signin." + failure)
                .orElse("");
    }

    /** The host of the OpenID provider; empty where none is configured. */
    public String getProvider() {
        return settings.oidc().map(provider -> provider.issuer().getHost()).orElse("");
    }

    /** Where a sign-in with the provider begins: at the address that it leads back to, whatever the browser's is. */
    public String getProviderLink() {
        return settings.oidc()
                .map(provider -> provider.page("oidc") + "?next=" + URLEncoder.encode(getNext(), UTF_8))
                .orElse("");
    }

    /** The page that was asked for. */
    public String getNext() {
        return new PageQuery(request).text("next").orElse("");
    }
}
