package org.mxhooks.event;

import java.util.Optional;

/**
 * Who triggered an event: personal data. Each field is empty if the portal omits it.
 *
 * @param name the account's name, an e-mail address
 * @param fullName first and last name
 * @param emailAddress the e-mail address
 * @param openId the account's OpenID, a URL
 * @param avatar URL of a picture
 * @param company the company that the account belongs to
 */
public record Sender(
        Optional<String> name,
        Optional<String> fullName,
        Optional<String> emailAddress,
        Optional<String> openId,
        Optional<String> avatar,
        Optional<Company> company) {}
