package org.mxhooks.event;

import java.util.Optional;

/**
 * Who triggered an event: a person, whose data it is. Each field is empty where the portal leaves it out.
 *
 * @param name the account's name, an e-mail address
 * @param fullName first and last name
 * @param emailAddress the address to write to
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
