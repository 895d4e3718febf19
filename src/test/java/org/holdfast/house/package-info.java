// SPDX-License-Identifier: AGPL-3.0-or-later

/** The rules of the house as tests: which room may know which, where a library may be used, what no line may do. */
package org.holdfast.house;
