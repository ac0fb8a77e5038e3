package org.mxhooks.journey;

import java.net.URI;
import org.mxhooks.browser.Browser;
import org.mxhooks.browser.Window;

/** Opens pages of the console as a user who has signed in. */
final class SignedIn {

    private static final URI CONSOLE = JourneyServer.application().resolve("console/");

    private SignedIn() {}

    static Window operator(Browser browser, String page) {
        return as(browser, "admin", System.getProperty("operator.password"), page);
    }

    static Window viewer(Browser browser, String page) {
        return as(browser, "viewer", System.getProperty("viewer.password"), page);
    }

    private static Window as(Browser browser, String user, String password, String page) {
        Window window = browser.open(CONSOLE.resolve(page).toString());
        window.type("#user", user);
        window.type("#password", password);
        window.click("form button");
        window.find("nav");
        return window;
    }
}
