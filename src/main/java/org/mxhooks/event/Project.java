package org.mxhooks.event;

import java.util.Optional;

/**
 * The app's project. Each field is empty if the portal omits it.
 *
 * @param name the app's name
 * @param appId the app's id, a UUID in text form
 * @param avatar URL of a picture
 * @param company the company that owns the app
 */
public record Project(
        Optional<String> name, Optional<String> appId, Optional<String> avatar, Optional<Company> company) {}
